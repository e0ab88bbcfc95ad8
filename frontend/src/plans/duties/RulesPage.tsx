import { lazy, Suspense, useState } from 'react';
import { t } from '@/locales/plans';
import { usePostOptions, usePostTitle } from '@/org/lookups';
import { listed } from '@/ui/format';
import { ListPage, whole } from '@/ui/list';
import { Clauses } from './Clauses';
import { DutyTabs } from './DutyTabs';
import { loadRules } from './data';
import type { Cadence, Rule } from './due';
import { RulePills } from './RulePills';
import { isAsked } from './rules';
import { said } from './words';
import './duties.css';

const RuleDrawer = lazy(() => import('./RuleDrawer'));
const ChangeRule = lazy(() => import('./ChangeRule'));

const CADENCES: readonly Cadence[] = [
  'shift',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'half_yearly',
  'annual',
];

/** What falls due how often for whom: the rules in force on a day, and which of them still wait. */
export function RulesPage() {
  const posts = usePostOptions();
  const title = usePostTitle();
  const [open, setOpen] = useState<Rule | null>(null);
  const [changing, setChanging] = useState<Rule | null>(null);
  return (
    <>
      <ListPage<Rule>
        name="plans.rules"
        title={t('nav.rules')}
        kinds={['obligation_rule']}
        tabs={<DutyTabs />}
        searchHint={t('rules.search')}
        fetch={async (query, signal) => {
          const on = query.on ? String(query.on) : undefined;
          const rules = await loadRules(on, signal);
          const items = rules.items.filter((rule) => isAsked(rule, query));
          return whole({ items });
        }}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        columns={[
          {
            key: 'name',
            title: t('name'),
            render: (row) => (
              <>
                {said(row.name)} <RulePills rule={row} />
              </>
            ),
            wrap: true,
            card: 'title',
          },
          {
            key: 'posts',
            title: t('posts'),
            render: (row) => listed(row.posts.map(title)),
            wrap: true,
          },
          {
            key: 'cadence',
            title: t('cadence'),
            render: (row) => t.code('cadence', row.cadence),
            width: 90,
          },
          { key: 'due', title: t('due'), render: (row) => said(row.timing), wrap: true },
          {
            key: 'evidence',
            title: t('evidence'),
            render: (row) => t.code('evidence', row.evidence),
            wrap: true,
          },
          {
            key: 'clauses',
            title: t('clauses'),
            render: (row) => <Clauses ids={row.clauses} />,
            wrap: true,
          },
          { key: 'code', title: t('code'), render: (row) => row.code, width: 80, hidden: true },
          {
            key: 'basis',
            title: t('basis'),
            render: (row) => t.code('basis', row.basis),
            width: 130,
            hidden: true,
          },
        ]}
        filters={[
          {
            key: 'post',
            label: t('post'),
            kind: 'choice',
            options: posts,
          },
          {
            key: 'cadence',
            label: t('cadence'),
            kind: 'choice',
            options: CADENCES.map((value) => ({ value, label: t.code('cadence', value) })),
          },
          { key: 'waits', label: t('rules.waits_only'), kind: 'flag' },
          { key: 'on', label: t('rules.on'), kind: 'date' },
        ]}
        empty={{ title: t('rules.none') }}
      />
      <Suspense>
        {open && (
          <RuleDrawer
            rule={open}
            close={() => setOpen(null)}
            change={() => {
              setChanging(open);
              setOpen(null);
            }}
          />
        )}
        {changing && <ChangeRule code={changing.code} close={() => setChanging(null)} />}
      </Suspense>
    </>
  );
}
