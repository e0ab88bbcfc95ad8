import { api, type Kind, ok, type Schema } from '@/api/client';
import { goalName, targetText } from '@/goals/words';
import { t } from '@/locales/decide';
import { t as goals } from '@/locales/figure';
import { lang } from '@/locales/lang';
import { formatDate, formatFen, formatTime } from '@/ui/format';
import type { Decidable } from './decidable';

/** A record as somebody reads it before deciding, and what a yes or a no sends. */
export interface Decision {
  title: string;
  facts: readonly { label: string; value: string }[];
  /** Longer words: what was said, what was found. */
  texts: readonly { label: string; value: string | null | undefined }[];
  yes: Act;
  /** Sent with the reason under this name. */
  no?: Act & { reason: string };
  /** Decided already, by somebody else or on another device. */
  over: boolean;
  kinds: Kind[];
}

interface Act {
  label: string;
  path: string;
}

type Load = (id: string, signal: AbortSignal) => Promise<Decision>;

/** Kinds that are decided on the phone: read, one tap. */
const DECISIONS: Record<Decidable, Load> = {
  goals_to_approve: async (id, signal) => {
    const set = await ok(api.GET('/api/v1/goal-sets/{id}', { params: { path: { id } }, signal }));
    return {
      title: goals('board.of_year', { year: set.year }),
      facts: set.goals.map((goal) => ({
        label: `${goal.no} ${goalName(goal)}`,
        value: targetText(goal),
      })),
      texts: [],
      yes: { label: t('approve'), path: `/api/v1/goal-sets/${id}/approve` },
      over: set.state !== 'draft',
      kinds: ['goal_set'],
    };
  },
  costs_to_approve: async (id, signal) => {
    const { order, costs } = await ok(
      api.GET('/api/v1/work-orders/{id}', { params: { path: { id } }, signal }),
    );
    const cost = costs.find((one) => one.state === 'pending');
    return {
      title: `¥ ${formatFen(cost?.amount_fen ?? 0)}`,
      facts: [
        { label: t('cost.kind'), value: t.code('cost_kind', cost?.kind) },
        { label: t('cost.order'), value: order.no },
        { label: t('place'), value: placeText(order) },
        { label: t('technician'), value: order.technician_name },
      ],
      texts: [
        { label: t('reason'), value: cost?.reason },
        { label: t('cost.trouble'), value: order.text },
      ],
      yes: { label: t('approve'), path: `/api/v1/work-order-costs/${cost?.id}/approve` },
      no: {
        label: t('refuse'),
        path: `/api/v1/work-order-costs/${cost?.id}/refuse`,
        reason: 'reason',
      },
      over: !cost,
      kinds: ['work_order'],
    };
  },
  validity_to_confirm: async (id, signal) => {
    const it = await aCase(id, signal);
    const proposed = it.finding.proposed ? t.code('validity', it.finding.proposed) : '—';
    return {
      title: t('validity.title', { found: proposed }),
      facts: [
        { label: t('case'), value: it.no },
        { label: t('place'), value: it.house_no ?? '—' },
        { label: t('received'), value: formatTime(it.received_at) },
        { label: t('validity.by'), value: it.owner_name ?? '—' },
      ],
      texts: [
        { label: t('said'), value: it.text },
        { label: t('validity.reason'), value: it.finding.proposal_reason },
      ],
      yes: { label: t('validity.confirm'), path: `/api/v1/cases/${id}/confirm-validity` },
      no: {
        label: t('validity.return'),
        path: `/api/v1/cases/${id}/return-validity`,
        reason: 'reason',
      },
      over: !it.actions.includes('confirm_validity'),
      kinds: ['case'],
    };
  },
  closings_to_check: async (id, signal) => {
    const it = await aCase(id, signal);
    return {
      title: t('closing.title'),
      facts: [
        { label: t('case'), value: it.no },
        { label: t('place'), value: it.house_no ?? '—' },
        { label: t('received'), value: formatTime(it.received_at) },
      ],
      texts: [
        { label: t('said'), value: it.text },
        { label: t('closing.reply'), value: it.reply },
      ],
      yes: { label: t('closing.check'), path: `/api/v1/cases/${id}/check-closing` },
      no: {
        label: t('closing.return'),
        path: `/api/v1/cases/${id}/return-closing`,
        reason: 'reason',
      },
      over: !it.actions.includes('check_closing'),
      kinds: ['case'],
    };
  },
  tasks_to_close: async (id, signal) => {
    const it = await ok(api.GET('/api/v1/tasks/{id}', { params: { path: { id } }, signal }));
    return {
      title: it.title,
      facts: [
        { label: t('case'), value: it.no },
        { label: t('task.assignee'), value: it.assignee_name ?? '—' },
        { label: t('task.giver'), value: it.given_by_name ?? '—' },
        { label: t('task.due'), value: formatTime(it.due_at) },
        { label: t('task.reported'), value: it.reported_at ? formatTime(it.reported_at) : '—' },
      ],
      texts: [
        { label: t('task.detail'), value: it.detail },
        { label: t('task.result'), value: it.result },
      ],
      yes: { label: t('task.close'), path: `/api/v1/tasks/${id}/close` },
      no: { label: t('task.return'), path: `/api/v1/tasks/${id}/return`, reason: 'reason' },
      over: !it.actions.includes('close'),
      kinds: ['task'],
    };
  },
  acting_to_confirm: async (id, signal) => {
    const [it, post] = await Promise.all([
      ok(api.GET('/api/v1/acting-periods/{id}', { params: { path: { id } }, signal })),
      postTitles(signal),
    ]);
    return {
      title: t('acting.title', {
        who: it.stand_in_name,
        whom: it.principal_name ?? t('acting.vacancy'),
      }),
      facts: [
        { label: t('post'), value: post(it.post) },
        { label: t('from'), value: formatTime(it.starts_at) },
        { label: t('until'), value: formatTime(it.ends_at) },
        { label: t('reason'), value: t.code('acting_reason', it.reason) },
      ],
      texts: [{ label: t('note'), value: it.note }],
      yes: { label: t('confirm'), path: `/api/v1/acting-periods/${id}/confirm` },
      no: { label: t('refuse'), path: `/api/v1/acting-periods/${id}/reject`, reason: 'reason' },
      over: it.state !== 'proposed',
      kinds: ['acting_period'],
    };
  },
  assignments_to_endorse: (id, signal) => assignment(id, 'proposed', 'endorse', signal),
  assignments_to_approve: (id, signal) => assignment(id, 'endorsed', 'approve', signal),
  structure_to_confirm: async (id, signal) => {
    const it = await ok(
      api.GET('/api/v1/structure-changes/{id}', { params: { path: { id } }, signal }),
    );
    return {
      title: it.title,
      facts: [
        { label: t('change.kind'), value: t.code('change_kind', it.kind) },
        { label: t('proposed'), value: formatTime(it.proposed_at) },
      ],
      texts: [{ label: t('reason'), value: it.reason }],
      yes: { label: t('confirm'), path: `/api/v1/structure-changes/${id}/confirm` },
      no: {
        label: t('refuse'),
        path: `/api/v1/structure-changes/${id}/reject`,
        reason: 'reason',
      },
      over: it.state !== 'proposed',
      kinds: ['structure_change'],
    };
  },
  consultations_to_approve: async (id, signal) => {
    const it = await ok(
      api.GET('/api/v1/consultations/{id}', { params: { path: { id } }, signal }),
    );
    return {
      title: t('consultation.title', { no: it.no }),
      facts: [
        { label: t('asked'), value: formatTime(it.requested_at) },
        { label: t('consultation.due'), value: formatDate(it.due_on) },
      ],
      texts: [{ label: t('consultation.purpose'), value: it.purpose }],
      yes: { label: t('approve'), path: `/api/v1/consultations/${id}/approve` },
      no: { label: t('refuse'), path: `/api/v1/consultations/${id}/reject`, reason: 'reason' },
      over: it.state !== 'requested',
      kinds: ['consultation'],
    };
  },
};

export const loadDecision = (kind: Decidable, id: string, signal: AbortSignal) =>
  DECISIONS[kind](id, signal);

const aCase = (id: string, signal: AbortSignal) =>
  ok(api.GET('/api/v1/cases/{id}', { params: { path: { id } }, signal }));

const placeText = (it: Schema<'WorkOrder'>) =>
  [it.house_no, it.place_name, it.place_text].filter(Boolean).join(' · ') || '—';

async function postTitles(signal: AbortSignal): Promise<(code: string) => string> {
  const { items } = await ok(api.GET('/api/v1/posts', { signal }));
  return (code) => {
    const post = items.find((one) => one.code === code);
    return (lang() === 'en' ? post?.title_en : post?.title_zh) ?? '';
  };
}

/** A single assignment has no address of its own: it is looked up among those that wait. */
async function assignment(
  id: string,
  state: 'proposed' | 'endorsed',
  act: 'endorse' | 'approve',
  signal: AbortSignal,
): Promise<Decision> {
  const [{ items }, post] = await Promise.all([
    ok(api.GET('/api/v1/assignments', { params: { query: { state, limit: 200 } }, signal })),
    postTitles(signal),
  ]);
  const it = items.find((one) => one.id === id);
  return {
    title: it ? `${it.employee_name} · ${post(it.post)}` : t('over'),
    facts: it
      ? [
          { label: t('from'), value: formatDate(it.valid_from) },
          { label: t('until'), value: it.valid_until ? formatDate(it.valid_until) : t('open_end') },
          ...(it.order_ref ? [{ label: t('order_ref'), value: it.order_ref }] : []),
        ]
      : [],
    texts: [{ label: t('reason'), value: it?.reason }],
    yes: {
      label: t(act === 'endorse' ? 'endorse' : 'approve'),
      path: `/api/v1/assignments/${id}/${act}`,
    },
    no: { label: t('refuse'), path: `/api/v1/assignments/${id}/reject`, reason: 'reason' },
    over: !it,
    kinds: ['assignment'],
  };
}
