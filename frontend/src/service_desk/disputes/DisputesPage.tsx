import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { ListPage } from '@/ui/list';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { Climbed } from '../Climbed';
import { StatePill } from '../StatePill';
import { useStep } from '../useStep';
import { asQuery, options, useEstates } from '../words';
import { DisputeFigures } from './DisputeFigures';
import { disputeKinds as kinds, newDispute } from './newDispute';

const states = [
  'opened',
  'mediating',
  'escalated_to_pubsup',
  'escalated_to_asstmgr',
  'escalated_to_cscmgr',
  'settled',
  'referred',
  'closed',
] as const;

/** Disputes between owners, or with the management. */
export function DisputesPage() {
  const estates = useEstates();
  const router = useRouter();
  const [open, form] = useStep();
  const begin = () =>
    open(newDispute({ estates, made: (id) => router.history.push(`/disputes/${id}`) }));
  return (
    <>
      <ListPage<Schema<'DisputeView'>>
        name="service_desk.disputes"
        title={nav('nav.disputes')}
        kinds={['dispute']}
        fetch={(query, signal) =>
          ok(api.GET('/api/v1/disputes', { params: { query: asQuery(query) }, signal }))
        }
        rowKey={(row) => row.id}
        href={(row) => `/disputes/${row.id}`}
        searchHint={t('repairs.search')}
        exportPath="/api/v1/disputes"
        above={<DisputeFigures />}
        columns={[
          { key: 'no', title: t('no'), render: (row) => row.no, width: 150 },
          {
            key: 'kind',
            title: t('kind'),
            render: (row) => t.code('dispute_kind', row.kind),
            width: 110,
          },
          {
            key: 'subject',
            title: t('disputes.subject'),
            render: (row) => (
              <>
                {row.subject} <Climbed told={row.escalated_to} />
              </>
            ),
            wrap: true,
            card: 'title',
          },
          {
            key: 'state',
            title: t('state'),
            render: (row) => <StatePill group="dispute_state" state={row.state} />,
            card: 'side',
            width: 150,
          },
          {
            key: 'mediator',
            title: t('disputes.mediator'),
            render: (row) => row.mediator_name ?? '—',
            width: 100,
          },
          {
            key: 'due',
            title: t('disputes.next_step'),
            render: (row) => <Deadline due={row.step_due_at} />,
            width: 230,
          },
          {
            key: 'cost',
            title: t('disputes.cost'),
            render: (row) =>
              row.cost_decision === 'pending' ? (
                <Pill tone="warn">{t('orders.cost_pending')}</Pill>
              ) : (
                '—'
              ),
            hidden: true,
          },
          {
            key: 'opened',
            title: t('disputes.opened_at'),
            render: (row) => <TimeText value={row.opened_at} />,
            width: 170,
          },
        ]}
        filters={[
          {
            key: 'kind',
            label: t('kind'),
            kind: 'choice',
            options: options('dispute_kind', kinds),
          },
          {
            key: 'state',
            label: t('state'),
            kind: 'choice',
            options: options('dispute_state', states),
          },
          { key: 'open', label: t('open_only'), kind: 'flag' },
          { key: 'overdue', label: t('overdue_only'), kind: 'flag' },
          { key: 'cost_pending', label: t('orders.cost_pending'), kind: 'flag' },
        ]}
        rowTone={(row) => (row.overdue ? 'late' : undefined)}
        actions={
          can('dispute.open') && (
            <Button type="primary" onClick={begin}>
              {t('disputes.new')}
            </Button>
          )
        }
        empty={{ title: t('disputes.none'), hint: t('disputes.none_hint') }}
      />
      {form}
    </>
  );
}
