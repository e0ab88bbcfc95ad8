import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { formatCount } from '@/ui/format';
import { ListPage, type ListQuery } from '@/ui/list';
import { Deadline, Pill } from '@/ui/text';
import { StatePill } from '../StatePill';
import { asQuery, options } from '../words';

/** Return visits: what is due first, and who was dissatisfied. */
export function VisitsPage() {
  return (
    <ListPage<Schema<'VisitView'>>
      name="service_desk.visits"
      title={nav('nav.visits')}
      kinds={['visit']}
      fetch={(query, signal) =>
        ok(api.GET('/api/v1/visits', { params: { query: asQuery(newestFirst(query)) }, signal }))
      }
      rowKey={(row) => row.id}
      start={{ open: 'true' }}
      href={(row) => `/visits/${row.id}`}
      searchHint={t('repairs.search')}
      exportPath="/api/v1/visits"
      above={<VisitFigures />}
      columns={[
        { key: 'no', title: t('no'), render: (row) => row.no, width: 150 },
        {
          key: 'who',
          title: t('house'),
          render: (row) => [row.house_no, row.party_name].filter(Boolean).join(' ') || '—',
          width: 150,
        },
        { key: 'title', title: t('text'), render: (row) => row.title, wrap: true, card: 'title' },
        {
          key: 'subject',
          title: t('visits.about'),
          render: (row) => `${t.code('visit_subject', row.subject)} ${row.subject_no}`,
          width: 190,
        },
        {
          key: 'state',
          title: t('state'),
          render: (row) => <StatePill group="visit_state" state={row.state} />,
          card: 'side',
          width: 100,
        },
        {
          key: 'result',
          title: t('visits.result'),
          render: (row) => <Result of={row.result} />,
          width: 100,
        },
        {
          key: 'visitor',
          title: t('visits.visitor'),
          render: (row) => row.visitor_name ?? '—',
          width: 100,
        },
        {
          key: 'due',
          title: t('due'),
          render: (row) => <Deadline due={row.due_at} done={row.asked_at} />,
          sort: 'due_at',
          width: 230,
        },
      ]}
      filters={[
        { key: 'open', label: t('open_only'), kind: 'flag' },
        { key: 'mine', label: t('mine_only'), kind: 'flag' },
        { key: 'overdue', label: t('overdue_only'), kind: 'flag' },
        {
          key: 'result',
          label: t('visits.result'),
          kind: 'choice',
          options: options('visit_result', [
            'dissatisfied',
            'average',
            'fairly',
            'satisfied',
            'unreachable',
          ]),
        },
        {
          key: 'state',
          label: t('state'),
          kind: 'choice',
          options: options('visit_state', ['due', 'unreachable', 'done', 'followed_up', 'closed']),
        },
        {
          key: 'subject',
          label: t('visits.about'),
          kind: 'choice',
          options: options('visit_subject', ['work_order', 'case', 'dispute']),
        },
      ]}
      rowTone={(row) => (row.overdue ? 'late' : row.result === 'dissatisfied' ? 'warn' : undefined)}
      empty={{ title: t('visits.none'), hint: t('visits.none_hint') }}
    />
  );
}

/** What is still open by its deadline; the whole register from its end. */
const newestFirst = (query: ListQuery): ListQuery =>
  query.sort || query.open ? query : { ...query, sort: '-due_at' };

function VisitFigures() {
  const found = useQuery({
    queryKey: ['service_desk', 'visit-statistics'],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/visits/statistics', { params: { query: {} }, signal })),
    meta: { kinds: ['visit'] },
    retry: false,
  });
  if (!found.data) return null;
  const it = found.data;
  return (
    <Figures>
      <Figure
        label={t('visits.rate')}
        hint={t('visits.made_of', { made: formatCount(it.made), due: formatCount(it.due) })}
      >
        {percentOf(it.visit_rate_bp)}
      </Figure>
      <Figure
        label={t('visits.dissatisfied_rate')}
        hint={t('visits.answers_n', { n: formatCount(it.dissatisfied) })}
      >
        {percentOf(it.dissatisfied_rate_bp)}
      </Figure>
      <Figure label={t('visit_result.unreachable')}>{formatCount(it.unreachable)}</Figure>
    </Figures>
  );
}

export function Result({ of }: { of: Schema<'VisitResult'> | null | undefined }) {
  if (!of) return <>—</>;
  const tone =
    of === 'dissatisfied' ? 'late' : of === 'satisfied' || of === 'fairly' ? 'ok' : 'warn';
  return <Pill tone={tone}>{t.code('visit_result', of)}</Pill>;
}
