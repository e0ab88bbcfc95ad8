import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { today } from '@/ui/format';
import { ListPage, whole } from '@/ui/list';
import { Days } from '@/ui/text';
import { toast } from '@/ui/toast';
import { ActingTabs } from './ActingTabs';
import { useEstate } from './lookups';

type Duty = Schema<'EntrustedDutyView'>;
const NewDuty = lazy(() => import('./NewDuty'));
const EndForm = lazy(() => import('./EndForm'));

/** What the centre manager has entrusted to the assistant; only the manager gives and takes back. */
export function DutiesPage() {
  const me = useMe();
  const can = useCan();
  const { estate, choice } = useEstate();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Duty | null>(null);
  const own =
    can('org.edit') && me.posts.some((held) => held.post === 'CSCMGR' && held.estate_id === estate);
  return (
    <>
      <ListPage<Duty>
        name="org.duties"
        title={t('duties.title')}
        kinds={['entrusted_duty']}
        fixed={estate ? { estate_id: estate } : {}}
        start={{ on: today() }}
        fetch={async ({ estate_id, on }, signal) => {
          const query = {
            ...(estate_id ? { estate_id: String(estate_id) } : {}),
            ...(on ? { on: String(on) } : {}),
          };
          return whole(
            await ok(api.GET('/api/v1/entrusted-duties', { params: { query }, signal })),
          );
        }}
        rowKey={(row) => row.id}
        exportPath="/api/v1/entrusted-duties"
        tabs={<ActingTabs />}
        filters={[{ key: 'on', label: t('duties.on'), kind: 'date' }]}
        columns={[
          {
            key: 'duty',
            title: t('duty.duty'),
            render: (row) => row.duty,
            wrap: true,
            card: 'title',
          },
          { key: 'from', title: t('duty.from'), render: (row) => row.from_name, width: 140 },
          { key: 'to', title: t('duty.to'), render: (row) => row.to_name, width: 140 },
          {
            key: 'days',
            title: t('edge.days'),
            render: (row) => <Days from={row.valid_from} until={row.valid_until} />,
            width: 290,
          },
          ...(own
            ? [
                {
                  key: 'end',
                  title: '',
                  render: (row: Duty) =>
                    !(row.valid_until && row.valid_until <= today()) && (
                      <Button
                        size="small"
                        aria-label={`${t('duty.end')}: ${row.duty}`}
                        onClick={() => setEnding(row)}
                      >
                        {t('duty.end')}
                      </Button>
                    ),
                  width: 90,
                  card: 'side' as const,
                },
              ]
            : []),
        ]}
        actions={
          <>
            {choice}
            {own && (
              <Button type="primary" onClick={() => setMaking(true)}>
                {t('duty.new')}
              </Button>
            )}
          </>
        }
        empty={{ title: t('duties.none'), hint: t('duties.none_hint') }}
      />
      <Suspense>
        {making && <NewDuty estate={estate} close={() => setMaking(false)} />}
        {ending && (
          <EndForm
            title={t('duty.end_title')}
            name={`org.duty.${ending.id}.end`}
            lead={ending.duty}
            send={async (body, headers) => {
              await api.POST('/api/v1/entrusted-duties/{id}/end', {
                params: { path: { id: ending.id } },
                body,
                headers,
              });
              toast(t('done.saved'));
              reloadKind('entrusted_duty');
            }}
            close={() => setEnding(null)}
          />
        )}
      </Suspense>
    </>
  );
}
