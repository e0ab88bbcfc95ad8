import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { useConfirm } from '@/ui/form';
import { listed } from '@/ui/format';
import { ListPage, whole } from '@/ui/list';
import { toast } from '@/ui/toast';
import { PostTabs } from './PostTabs';

type NameAlias = Schema<'NameAlias'>;
const NewName = lazy(() => import('./NewName'));

/** What the papers call the company, the centre and the estates, and what is meant. */
export function NamesPage() {
  const me = useMe();
  const can = useCan();
  const [ask, window] = useConfirm();
  const [making, setMaking] = useState(false);
  const remove = (row: NameAlias) =>
    ask({
      title: t('name.remove_ask', { name: row.alias }),
      text: t('name.remove_text'),
      confirm: t('name.remove'),
      danger: true,
      reason: 'none',
      run: async () => {
        await api.DELETE('/api/v1/name-aliases/{id}', { params: { path: { id: row.id } } });
        toast(t('done.saved'));
        reloadKind('estate');
      },
    });
  return (
    <>
      <ListPage<NameAlias>
        name="org.names"
        title={t('names.title')}
        kinds={['estate']}
        fetch={async (_, signal) => whole(await ok(api.GET('/api/v1/name-aliases', { signal })))}
        rowKey={(row) => row.id}
        exportPath="/api/v1/name-aliases"
        tabs={<PostTabs />}
        columns={[
          { key: 'alias', title: t('name.alias'), render: (row) => row.alias, card: 'title' },
          { key: 'meaning', title: t('name.meaning'), render: (row) => row.meaning },
          {
            key: 'estate',
            title: t('field.estate'),
            render: (row) =>
              row.estate_id
                ? me.estates.find((one) => one.id === row.estate_id)?.name
                : t('assignment.company'),
            width: 200,
          },
          {
            key: 'clauses',
            title: t('field.clauses'),
            render: (row) => listed(row.source_clauses),
            wrap: true,
            hidden: true,
          },
          ...(can('org.edit')
            ? [
                {
                  key: 'remove',
                  title: '',
                  render: (row: NameAlias) => (
                    <Button
                      size="small"
                      aria-label={`${t('name.remove')}: ${row.alias}`}
                      onClick={() => remove(row)}
                    >
                      {t('name.remove')}
                    </Button>
                  ),
                  width: 90,
                  card: 'side' as const,
                },
              ]
            : []),
        ]}
        actions={
          can('org.edit') && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('name.new')}
            </Button>
          )
        }
        empty={{ title: t('names.none'), hint: t('names.none_hint') }}
      />
      {window}
      <Suspense>{making && <NewName close={() => setMaking(false)} />}</Suspense>
    </>
  );
}
