import { useQuery } from '@tanstack/react-query';
import { can } from '@/access/can';
import { api, ok, type Permission, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { useConfirm } from '@/ui/form';
import { LateNotes, type RecordAction, RecordPage, Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline, Money, Pill, TimeText } from '@/ui/text';
import { Private } from '../pills';
import { StatePill } from '../StatePill';
import { useStep } from '../useStep';
import { options, sidePanels } from '../words';

type Action = Schema<'DisputeAction'>;
const NEEDS: Record<Action, Permission> = {
  assign: 'dispute.assign',
  add_step: 'dispute.mediate',
  escalate: 'dispute.mediate',
  settle: 'dispute.mediate',
  decide_cost: 'dispute.approve',
  refer: 'dispute.mediate',
  close: 'dispute.mediate',
  reopen: 'dispute.mediate',
};
/** What moves a dispute on, most wanted first; opening it again is possible, not the next step. */
const ORDER: Action[] = [
  'decide_cost',
  'assign',
  'close',
  'add_step',
  'settle',
  'escalate',
  'refer',
  'reopen',
];

/** One dispute: who is at odds, each step of the mediation, the agreement. */
export function DisputePage({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['service_desk', 'dispute', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/disputes/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['dispute', 'visit'] },
  });
  if (found.isPending) return <Skeleton />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  return <Loaded it={found.data} />;
}

function Loaded({ it }: { it: Schema<'DisputeDetail'> }) {
  const { buttons, forms } = useActions(it);
  const next = buttons.find((one) => one.key !== 'reopen');
  return (
    <>
      <RecordPage
        eyebrow={`${t.code('dispute_kind', it.kind)} ${it.no}`}
        title={it.subject}
        state={<StatePill group="dispute_state" state={it.state} />}
        backTo="/disputes"
        {...(next && { next })}
        others={buttons.filter((one) => one !== next)}
        facts={[
          { label: t('disputes.next_step'), value: <Deadline due={it.step_due_at} /> },
          { label: t('disputes.level'), value: t.code('level', it.level) },
          { label: t('disputes.mediator'), value: it.mediator_name ?? '—' },
          { label: t('disputes.opened_at'), value: <TimeText value={it.opened_at} relative /> },
          { label: t('recorded_by'), value: it.opened_by_name ?? '—' },
          ...(it.referred_to ? [{ label: t('disputes.referred_to'), value: it.referred_to }] : []),
        ]}
        chain={[
          ...(it.origin_case
            ? [
                {
                  key: 'case',
                  label: t('chain.case'),
                  title: t('chain.case'),
                  href: `/cases/${it.origin_case}`,
                },
              ]
            : []),
          { key: 'dispute', label: t('chain.dispute'), title: it.no, current: true },
          ...it.visits.map((visit) => ({
            key: visit.id,
            label: t('chain.visit'),
            title: visit.no,
            href: `/visits/${visit.id}`,
            state: <StatePill group="visit_state" state={visit.state} />,
          })),
        ]}
        side={sidePanels('dispute', it.id, 'dispute_state', it.files)}
      >
        {(buttons.length === 0 || waitsForCost(it, buttons)) && !it.closed_at && (
          <p className="notice">{waitsFor(it)}</p>
        )}
        <Section title={t('disputes.parties')}>
          <ul className="sd-lines">
            {bySide(it.parties).map((party) => (
              <li key={party.id}>
                <Pill>{t.code('side', party.side)}</Pill> {t.code('role', party.role)}{' '}
                {party.house_no} {party.party_name ?? <Private of={party.name} />}{' '}
                <Private of={party.phone} />
              </li>
            ))}
          </ul>
        </Section>
        <Section title={t('disputes.steps')}>
          {it.steps.length === 0 && <p className="muted">{t('disputes.no_steps')}</p>}
          <ul className="sd-lines">
            {it.steps.map((step) => (
              <li key={step.id}>
                <TimeText value={step.held_at} />{' '}
                <b>{step.held_by ? it.people[step.held_by] : ''}</b> {t.code('level', step.level)}{' '}
                <Pill tone={step.result === 'agreed' ? 'ok' : 'plain'}>
                  {t.code('step_result', step.result)}
                </Pill>
                <p className="sd-text">{step.text}</p>
              </li>
            ))}
          </ul>
        </Section>
        {it.agreement && (
          <Section title={t('disputes.agreement')}>
            <p className="sd-text">{it.agreement}</p>
            <p>
              <TimeText value={it.settled_at} />
            </p>
            {Boolean(it.cost_fen) && (
              <p>
                {t('disputes.cost')} <Money sign fen={it.cost_fen} />{' '}
                {it.cost_decision && <Pill>{t.code('cost_state', it.cost_decision)}</Pill>}
              </p>
            )}
          </Section>
        )}
        <LateNotes notes={it.late_notes} />
      </RecordPage>
      {forms}
    </>
  );
}

/** The applicant first. */
const bySide = (parties: readonly Schema<'DisputePartyView'>[]) =>
  [...parties].sort((a, b) => a.side.localeCompare(b.side));

/** Whether others must decide on the cost before it can be closed. */
const waitsForCost = (it: Schema<'DisputeDetail'>, buttons: readonly RecordAction[]) =>
  it.cost_decision === 'pending' && !buttons.some((one) => one.key === 'decide_cost');

/** Whose move it is, for those who cannot move it themselves. */
function waitsFor(it: Schema<'DisputeDetail'>): string {
  if (it.state === 'opened') return t('disputes.waits_assign');
  if (it.cost_decision === 'pending') return t('disputes.waits_cost');
  if (it.state === 'settled' || it.state === 'referred') return t('disputes.waits_close');
  return t('disputes.waits_mediator', {
    name: it.mediator_name ?? t.code('level', it.level),
  });
}

function useActions(it: Schema<'DisputeDetail'>) {
  const [ask, window] = useConfirm();
  const [open, form] = useStep();
  const path = { params: { path: { id: it.id } } };
  const title = (action: Action) => t.code('dispute_action', action);
  const named = (action: Action) => ({
    name: `service_desk.dispute.${it.id}.${action}`,
    title: title(action),
  });
  const done = () => reloadKind('dispute');
  const time = {
    name: 'occurred_at',
    label: t('happened_at'),
    kind: 'time' as const,
    hint: t('time_hint'),
  };
  const run: Record<Action, () => void> = {
    assign: () =>
      open({
        ...named('assign'),
        fields: [
          { name: 'mediator_id', label: t('disputes.mediator'), kind: 'person', required: true },
          { name: 'reason', label: t('reason'), kind: 'line' },
        ],
        run: async (body, headers) => {
          await api.POST('/api/v1/disputes/{id}/assign', { ...path, body, headers });
          done();
        },
      }),
    add_step: () =>
      open({
        ...named('add_step'),
        initial: { result: 'progress' },
        fields: [
          { name: 'text', label: t('text'), kind: 'lines', required: true },
          {
            name: 'result',
            label: t('visits.result'),
            kind: 'choice',
            options: options('step_result', ['progress', 'no_agreement', 'absent', 'agreed']),
            required: true,
          },
          time,
        ],
        run: async (body, headers) => {
          await api.POST('/api/v1/disputes/{id}/steps', { ...path, body, headers });
          done();
        },
      }),
    settle: () =>
      open({
        ...named('settle'),
        fields: [
          { name: 'agreement', label: t('disputes.agreement'), kind: 'lines', required: true },
          { name: 'cost_fen', label: t('disputes.cost'), kind: 'money' },
          { name: 'file_ids', label: t('disputes.signed'), kind: 'files' },
          time,
        ],
        run: async (body, headers) => {
          await api.POST('/api/v1/disputes/{id}/settle', { ...path, body, headers });
          done();
        },
      }),
    decide_cost: () =>
      open({
        ...named('decide_cost'),
        fields: [
          {
            name: 'approved',
            label: t('cost.decided'),
            kind: 'choice',
            blank: true,
            options: [
              { value: 'yes', label: t('cost.approve') },
              { value: 'no', label: t('cost.refuse') },
            ],
            required: true,
          },
          { name: 'reason', label: t('reason'), kind: 'line' },
        ],
        run: async (body, headers) => {
          await api.POST('/api/v1/disputes/{id}/decide-cost', {
            ...path,
            body: { approved: body.approved === 'yes', reason: body.reason ?? null },
            headers,
          });
          done();
        },
      }),
    refer: () =>
      open({
        ...named('refer'),
        fields: [
          { name: 'to', label: t('disputes.referred_to'), kind: 'line', required: true },
          { name: 'reason', label: t('reason'), kind: 'lines', required: true },
        ],
        run: async (body, headers) => {
          await api.POST('/api/v1/disputes/{id}/refer', { ...path, body, headers });
          done();
        },
      }),
    escalate: () =>
      ask({
        title: title('escalate'),
        confirm: title('escalate'),
        run: async (reason, headers) => {
          await api.POST('/api/v1/disputes/{id}/escalate', { ...path, body: { reason }, headers });
          done();
        },
      }),
    reopen: () =>
      ask({
        title: title('reopen'),
        confirm: title('reopen'),
        run: async (reason, headers) => {
          await api.POST('/api/v1/disputes/{id}/reopen', { ...path, body: { reason }, headers });
          done();
        },
      }),
    close: () =>
      ask({
        title: title('close'),
        confirm: title('close'),
        reason: 'none',
        run: async (_, headers) => {
          await api.POST('/api/v1/disputes/{id}/close', { ...path, body: {}, headers });
          done();
        },
      }),
  };
  const allowed = ORDER.filter((one) => it.actions.includes(one) && can(NEEDS[one]));
  // Assigning comes first only while nobody mediates.
  const sorted = it.mediator_id
    ? [...allowed.filter((one) => one !== 'assign'), ...allowed.filter((one) => one === 'assign')]
    : allowed;
  const buttons: RecordAction[] = sorted.map((one) => ({
    key: one,
    label: title(one),
    onClick: run[one],
  }));
  const forms = (
    <>
      {window}
      {form}
    </>
  );
  return { buttons, forms };
}
