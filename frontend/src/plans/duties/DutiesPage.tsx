import { useMe } from '@/access/session';
import { api, ok } from '@/api/client';
import { t } from '@/locales/plans';
import { usePostOptions } from '@/org/lookups';
import { Told } from '@/org/tasks/Told';
import { thisMonday } from '@/org/week';
import { PersonField } from '@/ui/form/Combo';
import { addDays, instantAt } from '@/ui/format';
import { ListPage } from '@/ui/list';
import { PersonName } from '@/ui/PersonName';
import { TimeText } from '@/ui/text';
import { Clauses } from './Clauses';
import { DutyTabs } from './DutyTabs';
import { DUTY_KINDS, useRules, useTriggers } from './data';
import { type Duty, STATUSES } from './duty';
import { Turn } from './Turn';
import { Whose } from './Whose';
import { DutyDue, evidenceText, OptionalPill, StatusPill, said } from './words';
import './duties.css';

/** The register of duties, one's own and of those below; with a month it is the monthly extract. */
export function DutiesPage() {
  const { estates } = useMe();
  const posts = usePostOptions();
  const rules = useRules();
  const triggers = useTriggers().filter((one) => one.has_records);
  const monday = thisMonday();
  return (
    <ListPage<Duty>
      name="plans.duties"
      title={t('nav.list')}
      kinds={DUTY_KINDS}
      tabs={<DutyTabs />}
      fetch={(query, signal) => ok(api.GET('/api/v1/obligations', { params: { query }, signal }))}
      rowKey={(row) => row.id}
      href={(row) => `/duties/${row.id}`}
      exportPath="/api/v1/obligations"
      start={{
        due_from: instantAt(monday),
        due_until: instantAt(addDays(monday, 7)),
        sort: 'due_at',
      }}
      columns={[
        {
          key: 'name',
          title: t('name'),
          render: (row) => (
            <>
              {said(row.name)} <OptionalPill optional={row.optional} />{' '}
              <Told posts={row.escalated_to} />
            </>
          ),
          wrap: true,
          card: 'title',
        },
        {
          key: 'status',
          title: t('status'),
          render: (row) => <StatusPill status={row.status} />,
          card: 'side',
          width: 120,
        },
        { key: 'whose', title: t('whose'), render: (row) => <Whose duty={row} />, width: 190 },
        { key: 'turn', title: t('turn'), render: (row) => <Turn duty={row} />, width: 170 },
        {
          key: 'due',
          title: t('due'),
          render: (row) => <DutyDue duty={row} />,
          width: 230,
          sort: 'due_at',
        },
        { key: 'evidence', title: t('evidence'), render: evidenceText, width: 240 },
        {
          key: 'cadence',
          title: t('cadence'),
          render: (row) => (row.cadence ? t.code('cadence', row.cadence) : t('by_fact')),
          hidden: true,
        },
        {
          key: 'done',
          title: t('done_at'),
          render: (row) => <TimeText value={row.done_at} />,
          hidden: true,
        },
        {
          key: 'explanation',
          title: t('explanation'),
          render: (row) => row.explanation ?? '—',
          wrap: true,
          hidden: true,
        },
        {
          key: 'remark',
          title: t('remark'),
          render: (row) => row.remark ?? '—',
          wrap: true,
          hidden: true,
        },
        {
          key: 'clauses',
          title: t('clauses'),
          render: (row) => <Clauses ids={row.clauses} />,
          wrap: true,
          hidden: true,
        },
      ]}
      filters={[
        ...(estates.length > 1
          ? [
              {
                key: 'estate_id',
                label: t('estate'),
                kind: 'choice' as const,
                options: estates.map((one) => ({ value: one.id, label: one.name })),
              },
            ]
          : []),
        {
          key: 'post',
          label: t('post'),
          kind: 'choice',
          options: posts,
        },
        {
          key: 'employee_id',
          label: t('person'),
          kind: 'record',
          Field: PersonField,
          Name: PersonName,
        },
        {
          key: 'status',
          label: t('status'),
          kind: 'choice',
          options: STATUSES.map((value) => ({ value, label: t.code('status', value) })),
        },
        {
          key: 'late',
          label: t('late'),
          kind: 'choice',
          options: [
            { value: 'true', label: t('late.true') },
            { value: 'false', label: t('late.false') },
          ],
        },
        {
          key: 'rule',
          label: t('rule'),
          kind: 'choice',
          options: [...rules, ...triggers].map((one) => ({
            value: one.code,
            label: said(one.name),
          })),
        },
        { key: 'clause', label: t('clause'), kind: 'text' },
        { key: 'due', label: t('due'), kind: 'dates', from: 'due_from', until: 'due_until' },
      ]}
      rowTone={(row) => (row.late ? 'late' : undefined)}
      empty={{ title: t('list.none'), hint: t('list.none_hint') }}
    />
  );
}
