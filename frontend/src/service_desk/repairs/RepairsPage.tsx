import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { ListPage } from '@/ui/list';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { Climbed } from '../Climbed';
import { UrgencyPill, whereIs } from '../pills';
import { StatePill } from '../StatePill';
import { asQuery, categories, inWork, options, sources, urgencies } from '../words';
import { IntakeBox } from './IntakeBox';

/** All repair requests, with the intake box above them for those who take them. */
export function RepairsPage() {
  return (
    <ListPage<Schema<'RepairRequest'>>
      name="service_desk.repairs"
      title={t('repairs.title')}
      kinds={['repair_request', 'work_order']}
      fetch={(query, signal) =>
        ok(api.GET('/api/v1/repair-requests', { params: { query: asQuery(query) }, signal }))
      }
      rowKey={(row) => row.id}
      href={(row) => `/repairs/${row.id}`}
      searchHint={t('repairs.search')}
      exportPath="/api/v1/repair-requests"
      above={can('repair.create') && <IntakeBox />}
      columns={[
        { key: 'no', title: t('no'), render: (row) => row.no, width: 150 },
        {
          key: 'place',
          title: t('place'),
          render: whereIs,
          card: 'title',
          width: 150,
        },
        {
          key: 'state',
          title: t('state'),
          render: (row) => (
            <StatePill
              group={row.order ? 'order_state' : 'request_state'}
              state={row.order?.state ?? row.state}
            />
          ),
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
          title: t('repairs.technician'),
          render: (row) => row.order?.technician_name ?? '—',
          width: 100,
        },
        {
          key: 'due',
          title: t('due'),
          render: (row) =>
            row.state === 'requested' ? (
              <Deadline due={row.dispatch_due_at} />
            ) : row.order && inWork.has(row.order.state) ? (
              <Deadline due={row.order.finish_due_at} />
            ) : (
              '—'
            ),
          width: 230,
        },
        {
          key: 'requested',
          title: t('requested_at'),
          render: (row) => <TimeText value={row.requested_at} />,
          sort: 'requested_at',
          width: 170,
        },
        {
          key: 'night',
          title: t('repairs.night'),
          render: (row) => (row.night ? <Pill>{t('repairs.night')}</Pill> : '—'),
          hidden: true,
          card: 'none',
        },
      ]}
      filters={[
        {
          key: 'state',
          label: t('state'),
          kind: 'choice',
          multiple: true,
          options: options('request_state', ['requested', 'dispatched', 'closed', 'cancelled']),
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
        { key: 'overdue', label: t('overdue_only'), kind: 'flag' },
        { key: 'source', label: t('source'), kind: 'choice', options: options('source', sources) },
        { key: 'night', label: t('repairs.night'), kind: 'flag' },
      ]}
      rowTone={(row) => (row.overdue ? 'late' : undefined)}
      empty={{ title: t('repairs.none'), hint: t('repairs.none_hint') }}
    />
  );
}
