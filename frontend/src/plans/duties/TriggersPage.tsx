import type { Schema } from '@/api/client';
import { t as manual } from '@/locales/manual';
import { t } from '@/locales/plans';
import { usePostTitle } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { listed } from '@/ui/format';
import { ListPage, whole } from '@/ui/list';
import { Pill } from '@/ui/text';
import { Clauses } from './Clauses';
import { DutyTabs } from './DutyTabs';
import { DUTY_KINDS, loadTriggers } from './data';
import { codesOf, mentions } from './rules';
import { said } from './words';
import './duties.css';

type Clock = Schema<'DutyTrigger'>;

/** What has to follow on a fact, and how fast: the clocks beside the recurring duties. */
export function TriggersPage() {
  const title = usePostTitle();
  /** Posts, or roles such as the finder of something. */
  const who = (codes: readonly string[]) =>
    listed(codes.map((code) => title(code) || t.code('role', code)));
  return (
    <ListPage<Clock>
      name="plans.triggers"
      title={t('nav.clocks')}
      kinds={DUTY_KINDS}
      tabs={<DutyTabs />}
      searchHint={t('clocks.search')}
      fetch={async ({ q }, signal) => {
        const clocks = await loadTriggers(signal);
        const items = clocks.items.filter(
          ({ name, trigger, timing, clauses: ids }) =>
            !q || mentions(q, [said(name), said(trigger), said(timing), ...ids]),
        );
        return whole({ items });
      }}
      rowKey={(row) => row.code}
      columns={[
        {
          key: 'trigger',
          title: t('clocks.trigger'),
          render: (row) => said(row.trigger),
          wrap: true,
        },
        {
          key: 'name',
          title: t('clocks.name'),
          render: (row) => said(row.name),
          wrap: true,
          card: 'title',
        },
        { key: 'who', title: t('whose'), render: (row) => who(row.who), wrap: true },
        { key: 'timing', title: t('clocks.timing'), render: (row) => said(row.timing), wrap: true },
        {
          key: 'undone',
          title: t('clocks.undone'),
          render: (row) => <Undone clock={row} />,
          card: 'side',
          width: 170,
        },
        { key: 'to', title: t('to'), render: (row) => who(codesOf(row.to)), wrap: true },
        {
          key: 'capability',
          title: t('capability'),
          render: (row) => manual.code('capability', row.capability),
          width: 150,
        },
        {
          key: 'clauses',
          title: t('clauses'),
          render: (row) => <Clauses ids={row.clauses} />,
          wrap: true,
        },
        { key: 'code', title: t('code'), render: (row) => row.code, width: 80, hidden: true },
      ]}
      empty={{ title: t('clocks.none') }}
    />
  );
}

/** What is still to be done by it, leading to those duties; or that nothing can fall due yet. */
function Undone({ clock: { code, has_records, open, late } }: { clock: Clock }) {
  if (!has_records) return <Pill tone="warn">{t('rules.waits')}</Pill>;
  const list = `/duties/list?rule=${code}`;
  return (
    <>
      <Anchor href={`${list}&status=open`}>{t('clocks.open', { n: open })}</Anchor>{' '}
      {late > 0 && <Anchor href={`${list}&late=true`}>{t('clocks.late', { n: late })}</Anchor>}
    </>
  );
}
