import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/org';
import { today } from '@/ui/format';
import { ListPage, whole } from '@/ui/list';
import { Days, Pill } from '@/ui/text';
import { useEstate, usePostTitle } from './lookups';

export type Squad = Schema<'Squad'>;
const SquadForm = lazy(() => import('./SquadForm'));

/** Squads of an estate: those whose line runs through their own leader. */
export function SquadsPage() {
  const me = useMe();
  const can = useCan();
  const title = usePostTitle();
  const { estate, choice } = useEstate();
  const [form, setForm] = useState<Squad | 'new' | null>(null);
  return (
    <>
      <ListPage<Squad>
        name="org.squads"
        title={t('squads.title')}
        kinds={['squad']}
        fixed={estate ? { estate_id: estate } : {}}
        fetch={async ({ estate_id }, signal) => {
          const query = estate_id ? { estate_id: String(estate_id) } : {};
          return whole(await ok(api.GET('/api/v1/squads', { params: { query }, signal })));
        }}
        rowKey={(row) => row.id}
        onOpen={can('org.propose') ? setForm : undefined}
        exportPath="/api/v1/squads"
        columns={[
          { key: 'name', title: t('squad.name'), render: (row) => row.name, card: 'title' },
          { key: 'post', title: t('posts.post'), render: (row) => title(row.post) },
          {
            key: 'estate',
            title: t('field.estate'),
            render: (row) => me.estates.find((one) => one.id === row.estate_id)?.name ?? '',
          },
          {
            key: 'days',
            title: t('squad.days'),
            render: (row) => <Days from={row.active_from} until={row.active_until} />,
            width: 290,
          },
          {
            key: 'state',
            title: t('posts.state'),
            render: (row) =>
              row.active_until && row.active_until <= today() ? (
                <Pill>{t('squad.over')}</Pill>
              ) : (
                <Pill tone="ok">{t('squad.active')}</Pill>
              ),
            card: 'side',
            width: 110,
          },
        ]}
        actions={
          <>
            {choice}
            {can('org.propose') && (
              <Button type="primary" onClick={() => setForm('new')}>
                {t('squad.new')}
              </Button>
            )}
          </>
        }
        empty={{ title: t('squads.none'), hint: t('squads.none_hint') }}
      />
      <Suspense>
        {form && (
          <SquadForm
            squad={form === 'new' ? undefined : form}
            estate={estate}
            close={() => setForm(null)}
          />
        )}
      </Suspense>
    </>
  );
}
