import { api, ok } from '@/api/client';
import { t } from '@/locales/briefings';
import { usePostOptions, usePostTitle } from '@/org/lookups';
import { PersonField } from '@/ui/form/Combo';
import { ListPage } from '@/ui/list';
import { PersonName } from '@/ui/PersonName';
import { DateText, TimeText } from '@/ui/text';
import type { Briefing } from './data';
import { MorningTabs } from './MorningTabs';
import { BriefingPill, PointCount, Teller } from './words';

const STATES = ['prepared', 'reported', 'heard'] as const satisfies readonly Briefing['state'][];

/** The log of the mornings: what one gave and heard, and what was given below. */
export function BriefingsPage() {
  const title = usePostTitle();
  const posts = usePostOptions();
  return (
    <ListPage<Briefing>
      name="plans.briefings"
      title={t('title')}
      kinds={['briefing']}
      tabs={<MorningTabs />}
      fetch={(query, signal) => ok(api.GET('/api/v1/briefings', { params: { query }, signal }))}
      rowKey={(row) => row.id}
      href={(row) => `/mornings/${row.id}`}
      exportPath="/api/v1/briefings"
      columns={[
        {
          key: 'date',
          title: t('date'),
          render: (row) => <DateText value={row.date} />,
          width: 120,
          sort: 'date',
        },
        { key: 'from', title: t('from'), render: (row) => <Teller of={row} />, card: 'title' },
        { key: 'to', title: t('to_post'), render: (row) => title(row.to_post) },
        {
          key: 'state',
          title: t('state'),
          render: (row) => <BriefingPill of={row} />,
          card: 'side',
          width: 140,
        },
        {
          key: 'points',
          title: t('points'),
          render: (row) => <PointCount of={row} />,
          width: 160,
        },
        {
          key: 'reported',
          title: t('reported_at'),
          render: (row) => <TimeText value={row.reported_at} />,
          width: 170,
        },
        {
          key: 'heard',
          title: t('heard_at'),
          render: (row) => <TimeText value={row.heard_at} />,
          width: 170,
        },
        { key: 'heard_by', title: t('heard_by'), render: (row) => row.heard_by_name, hidden: true },
        {
          key: 'due',
          title: t('due'),
          render: (row) => <TimeText value={row.due_at} />,
          hidden: true,
        },
      ]}
      filters={[
        { key: 'from', label: t('date.from'), kind: 'date' },
        { key: 'until', label: t('date.until'), kind: 'date' },
        { key: 'from_post', label: t('from_post'), kind: 'choice', options: posts },
        { key: 'to_post', label: t('to_post'), kind: 'choice', options: posts },
        {
          key: 'employee_id',
          label: t('from'),
          kind: 'record',
          Field: PersonField,
          Name: PersonName,
        },
        {
          key: 'state',
          label: t('state'),
          kind: 'choice',
          options: STATES.map((value) => ({ value, label: t.code('state', value) })),
        },
        { key: 'missing', label: t('missing_only'), kind: 'flag' },
      ]}
      rowTone={(row) => (row.missing ? 'late' : undefined)}
      empty={{ title: t('search_none'), hint: t('search_none_hint') }}
    />
  );
}
