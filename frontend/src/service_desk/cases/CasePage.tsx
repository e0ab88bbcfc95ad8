import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { Anchor } from '@/ui/Anchor';
import { useConfirm } from '@/ui/form';
import { aside, formatTime, listed } from '@/ui/format';
import { Facts, LateNotes, RecordPage, Section, type Step } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { Climbed } from '../Climbed';
import { ContactName } from '../Dwellers';
import { Private } from '../pills';
import { StatePill } from '../StatePill';
import { useStep } from '../useStep';
import { sidePanels } from '../words';
import { caseActions } from './actions';
import { Validity } from './CasesPage';
import { recordActions } from './records';

type Detail = Schema<'CaseDetail'>;

const LINKED: Record<string, { href: string; label: Parameters<typeof t>[0] & `chain.${string}` }> =
  {
    repair_request: { href: '/repairs', label: 'chain.request' },
    work_order: { href: '/work-orders', label: 'chain.order' },
    dispute: { href: '/disputes', label: 'chain.dispute' },
  };

/** One case: what was said, what was found, what was done, what was answered. */
export function CasePage({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['service_desk', 'case', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/cases/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['case', 'visit'] },
  });
  if (found.isPending) return <Skeleton />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  return <Loaded it={found.data} />;
}

function Loaded({ it }: { it: Detail }) {
  const [ask, window] = useConfirm();
  const [open, form] = useStep();
  const router = useRouter();
  const { next, others } = caseActions(it, ask, open, can);
  const go = (path: string) => router.history.push(path);
  const records = recordActions({ it, open, go, can });
  return (
    <>
      <RecordPage
        eyebrow={`${t.code('case_kind', it.kind)} ${it.no}`}
        title={[it.house_no, it.party_name].filter(Boolean).join(' ') || it.no}
        state={<StatePill group="case_state" state={it.state} />}
        backTo="/cases"
        {...(next && { next })}
        others={[...others, ...records]}
        facts={[
          {
            label: t('due'),
            value: <Deadline due={it.due_at} done={it.replied_at ?? it.closed_at} />,
          },
          { label: t('received_at'), value: <TimeText value={it.received_at} relative /> },
          { label: t('recorded_by'), value: it.received_by_name ?? '—' },
          { label: t('cases.channel'), value: t.code('channel', it.channel) },
          { label: t('cases.field'), value: t.code('case_field', it.field) },
          { label: t('cases.owner'), value: it.owner_name ?? '—' },
          {
            label: t('contact'),
            value: it.reporter_name ? <Private of={it.reporter_name} /> : <ContactName of={it} />,
          },
          { label: t('phone'), value: <Private of={it.reporter_phone} /> },
          ...(it.about_employee_name
            ? [{ label: t('cases.about_employee'), value: it.about_employee_name }]
            : []),
        ]}
        steps={steps(it)}
        chain={[
          { key: 'case', label: t('chain.case'), title: it.no, current: true },
          ...(it.master
            ? [
                {
                  key: 'master',
                  label: t('cases.master'),
                  title: it.master.no,
                  href: `/cases/${it.master.id}`,
                },
              ]
            : []),
          ...it.links.flatMap((link) => {
            const to = LINKED[link.kind];
            return to
              ? [
                  {
                    key: link.id,
                    label: t(to.label),
                    title: formatTime(link.created_at),
                    href: `${to.href}/${link.id}`,
                  },
                ]
              : [];
          }),
          ...it.visits.map((visit) => ({
            key: visit.id,
            label: t('chain.visit'),
            title: visit.no,
            href: `/visits/${visit.id}`,
            state: <StatePill group="visit_state" state={visit.state} />,
          })),
        ]}
        lead={
          <Section title={t('text')}>
            <p className="sd-text">{it.text}</p>
            <p>
              {it.overdue && <Pill tone="late">{t('overdue')}</Pill>}{' '}
              {it.keyed_late && <Pill tone="warn">{t('keyed_late')}</Pill>}{' '}
              <Climbed told={it.escalated_to} />{' '}
              {it.reopened_count > 0 && (
                <Pill tone="warn">{t('cases.reopened_n', { n: it.reopened_count })}</Pill>
              )}
            </p>
          </Section>
        }
        side={sidePanels('case', it.id, 'case_state', it.files)}
      >
        {it.kind === 'complaint' && <Finding it={it} />}
        <Section title={t('cases.measures')}>
          {it.measures.length === 0 && <p className="muted">{t('cases.no_measures')}</p>}
          <ul className="sd-lines">
            {it.measures.map((one) => (
              <li key={one.id}>
                <TimeText value={one.taken_at} />{' '}
                <b>{one.taken_by ? it.people[one.taken_by] : ''}</b>
                <p className="sd-text">{one.text}</p>
              </li>
            ))}
          </ul>
        </Section>
        {it.reply && (
          <Section title={t('cases.reply')}>
            <p className="sd-text">{it.reply}</p>
            <TimeText value={it.replied_at} />
          </Section>
        )}
        {it.duplicates.length > 0 && (
          <Section title={t('cases.duplicates')}>
            <ul className="sd-lines">
              {it.duplicates.map((one) => (
                <li key={one.id}>
                  <Anchor href={`/cases/${one.id}`}>{one.no}</Anchor>{' '}
                  <StatePill group="case_state" state={one.state} />
                </li>
              ))}
            </ul>
          </Section>
        )}
        <LateNotes notes={it.late_notes} />
      </RecordPage>
      {window}
      {form}
    </>
  );
}

/** Post by post to the one who decides, each with the reason why the way led there. */
const way = (steps: readonly Schema<'DecisionStep'>[]) =>
  steps.map((step) => `${t.code('post', step.post)}${aside(t.code('path', step.why))}`).join(' → ');

/** Who proposed and who decided, and by which way the decider was found. */
function Finding({ it }: { it: Detail }) {
  const { finding } = it;
  const name = (id: string | null | undefined) => (id ? (it.people[id] ?? '') : '');
  return (
    <Section title={t('cases.finding')}>
      <Facts
        facts={[
          { label: t('cases.validity'), value: <Validity of={it.validity} /> },
          {
            label: t('cases.proposed'),
            value: finding.proposed ? (
              <>
                <Validity of={finding.proposed} /> {name(finding.proposed_by)}{' '}
                <TimeText value={finding.proposed_at} />
                <div className="muted">{finding.proposal_reason}</div>
              </>
            ) : (
              '—'
            ),
          },
          {
            label: t('cases.decided'),
            value: finding.decided_at ? (
              <>
                {name(finding.decided_by)} {t.code('post', finding.decided_as)}{' '}
                <TimeText value={finding.decided_at} />
                <div className="muted">{finding.decision_reason}</div>
              </>
            ) : (
              '—'
            ),
          },
          ...(finding.decision_path
            ? [{ label: t('cases.decider'), value: way(finding.decision_path.steps) }]
            : []),
          ...(it.waits_for
            ? [
                {
                  label: t('cases.waits_for'),
                  value: (
                    <>
                      {listed(
                        it.waits_for.deciders.map(
                          (one) => `${one.name}${aside(t.code('post', one.post))}`,
                        ),
                      )}
                      <div className="muted">{way(it.waits_for.path)}</div>
                    </>
                  ),
                },
              ]
            : []),
          ...(finding.closing_checked_at
            ? [
                {
                  label: t('cases.closing_checked'),
                  value: (
                    <>
                      {name(finding.closing_checked_by)}{' '}
                      <TimeText value={finding.closing_checked_at} />
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function steps(it: Detail): Step[] {
  const done = (at: string | null | undefined) => Boolean(at);
  const complaint = it.kind === 'complaint';
  const marks: [string, string | null | undefined, string | null | undefined][] = [
    ['received', it.received_at, it.received_by_name],
    ['acknowledged', it.acknowledged_at, null],
    ...(complaint
      ? ([['decided', it.finding.decided_at, null]] as [string, string | null | undefined, null][])
      : []),
    ['replied', it.replied_at, it.owner_name],
    ['closed', it.closed_at, null],
  ];
  const now = marks.findIndex(([, at]) => !done(at));
  return marks.map(([key, at, who], i) => ({
    key,
    label: t.code('cases.step', key),
    phase: done(at) ? 'done' : it.closed_at ? 'skipped' : i === now ? 'now' : 'next',
    who: done(at) ? who : null,
    at: at ?? null,
    note:
      key === 'acknowledged' && !at && !it.closed_at
        ? t('orders.limit', { time: formatTime(it.acknowledge_due_at) })
        : null,
  }));
}
