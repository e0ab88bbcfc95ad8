import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { today } from '@/ui/format';
import { ListPage, whole } from '@/ui/list';
import { Days, Pill } from '@/ui/text';
import { toast } from '@/ui/toast';
import { ActingTabs } from './ActingTabs';
import { usePostTitle } from './lookups';

type Pair = Schema<'StandInPair'>;
const NewPair = lazy(() => import('./NewPair'));
const EndForm = lazy(() => import('./EndForm'));

/** Which post stands in for which, as the manual or an order says. */
export function PairsPage() {
  const can = useCan();
  const title = usePostTitle();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Pair | null>(null);
  const about = (pair: Pair) =>
    t('pair.about', { who: title(pair.stand_in_post), whom: title(pair.principal_post) });
  return (
    <>
      <ListPage<Pair>
        name="org.pairs"
        title={t('pairs.title')}
        kinds={['acting_period', 'post']}
        start={{ on: today() }}
        fetch={async ({ on }, signal) => {
          const query = on ? { on: String(on) } : {};
          return whole(await ok(api.GET('/api/v1/stand-in-pairs', { params: { query }, signal })));
        }}
        rowKey={(row) => row.id}
        exportPath="/api/v1/stand-in-pairs"
        tabs={<ActingTabs />}
        filters={[{ key: 'on', label: t('pairs.on'), kind: 'date' }]}
        columns={[
          {
            key: 'principal',
            title: t('pair.principal'),
            render: (row) => title(row.principal_post),
            card: 'title',
          },
          { key: 'stand_in', title: t('pair.stand_in'), render: (row) => title(row.stand_in_post) },
          {
            key: 'required',
            title: t('pair.required'),
            render: (row) =>
              row.required ? (
                <Pill tone="accent">{t('pair.required_yes')}</Pill>
              ) : (
                <span className="muted">{t('pair.required_no')}</span>
              ),
            width: 150,
          },
          {
            key: 'basis',
            title: t('field.clauses'),
            render: (row) => row.basis_clause,
            width: 190,
          },
          {
            key: 'days',
            title: t('edge.days'),
            render: (row) => <Days from={row.valid_from} until={row.valid_until} />,
            width: 240,
          },
          ...(can('org.edit')
            ? [
                {
                  key: 'end',
                  title: '',
                  render: (row: Pair) =>
                    !row.valid_until && (
                      <Button
                        size="small"
                        aria-label={`${t('edge.end')}: ${about(row)}`}
                        onClick={() => setEnding(row)}
                      >
                        {t('edge.end')}
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
              {t('pair.new')}
            </Button>
          )
        }
        empty={{ title: t('pairs.none') }}
      />
      <Suspense>
        {making && <NewPair close={() => setMaking(false)} />}
        {ending && (
          <EndForm
            title={t('pair.end_title')}
            name={`org.pair.${ending.id}.end`}
            lead={about(ending)}
            send={async (body, headers) => {
              await api.POST('/api/v1/stand-in-pairs/{id}/end', {
                params: { path: { id: ending.id } },
                body,
                headers,
              });
              toast(t('done.saved'));
              reloadKind('post');
            }}
            close={() => setEnding(null)}
          />
        )}
      </Suspense>
    </>
  );
}
