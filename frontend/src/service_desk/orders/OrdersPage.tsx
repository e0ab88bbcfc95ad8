import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { ListPage } from '@/ui/list';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { Climbed } from '../Climbed';
import { UrgencyPill, whereIs } from '../pills';
import { StatePill } from '../StatePill';
import { asQuery, categories, options, urgencies } from '../words';

export const orderStates = [
  'dispatched',
  'accepted',
  'on_site',
  'pending_material',
  'pending_resident',
  'done',
  'verified',
  'returned_to_work',
  'visited',
  'closed',
  'cancelled',
] as const satisfies readonly Schema<'OrderState'>[];

/** All work orders of the scope. */
export function OrdersPage() {
  return (
    <ListPage<Schema<'WorkOrder'>>
      name="service_desk.orders"
      title={t('orders.title')}
      kinds={['work_order']}
      fetch={(query, signal) =>
        ok(api.GET('/api/v1/work-orders', { params: { query: asQuery(query) }, signal }))
      }
      rowKey={(row) => row.id}
      href={(row) => `/work-orders/${row.id}`}
      searchHint={t('orders.search')}
      exportPath="/api/v1/work-orders"
      columns={[
        { key: 'no', title: t('no'), render: (row) => row.no, width: 150 },
        { key: 'place', title: t('place'), render: whereIs, card: 'title', width: 150 },
        {
          key: 'state',
          title: t('state'),
          render: (row) => <StatePill group="order_state" state={row.state} />,
          card: 'side',
          width: 110,
        },
        {
          key: 'text',
          title: t('text'),
          render: (row) => (
            <>
              {row.text} <Climbed told={row.escalated_to} />
            </>
          ),
          wrap: true,
        },
        {
          key: 'category',
          title: t('category'),
          render: (row) => t.code('category', row.category),
          width: 100,
        },
        {
          key: 'urgency',
          title: t('urgency'),
          render: (row) => <UrgencyPill urgency={row.urgency} />,
          width: 90,
        },
        {
          key: 'technician',
          title: t('orders.technician'),
          render: (row) => row.technician_name,
          width: 100,
        },
        {
          key: 'due',
          title: t('due'),
          render: (row) =>
            row.due_at ? (
              <Deadline due={row.due_at} />
            ) : (
              <Deadline due={row.finish_due_at} done={row.finished_at} />
            ),
          width: 230,
        },
        {
          key: 'marks',
          title: t('orders.cost_pending'),
          render: (row) => (
            <>
              {row.cost_pending && <Pill tone="warn">{t('orders.cost_pending')}</Pill>}{' '}
              {row.returned_count > 0 && (
                <Pill tone="late">{t('orders.returned_n', { n: row.returned_count })}</Pill>
              )}
            </>
          ),
          hidden: true,
        },
        {
          key: 'requested',
          title: t('requested_at'),
          render: (row) => <TimeText value={row.requested_at} />,
          hidden: true,
          width: 170,
        },
      ]}
      filters={[
        {
          key: 'state',
          label: t('state'),
          kind: 'choice',
          multiple: true,
          options: options('order_state', orderStates),
        },
        {
          key: 'category',
          label: t('category'),
          kind: 'choice',
          multiple: true,
          options: options('category', categories),
        },
        {
          key: 'urgency',
          label: t('urgency'),
          kind: 'choice',
          multiple: true,
          options: options('urgency', urgencies),
        },
        { key: 'open', label: t('open_only'), kind: 'flag' },
        { key: 'overdue', label: t('overdue_only'), kind: 'flag' },
        { key: 'cost_pending', label: t('orders.cost_pending'), kind: 'flag' },
        { key: 'returned', label: t('orders.returned'), kind: 'flag' },
      ]}
      rowTone={(row) => (row.overdue ? 'late' : undefined)}
      empty={{ title: t('orders.none'), hint: t('orders.none_hint') }}
    />
  );
}
