import type { WorkItem, WorkKind } from './data';

/** Kinds that ask for a decision: they stand together, before what is due later. */
const DECISIONS: ReadonlySet<WorkKind> = new Set<WorkKind>([
  'costs_to_approve',
  'dispute_costs_to_decide',
  'validity_to_confirm',
  'closings_to_check',
  'edges_to_approve',
  'corrections_to_decide',
  'backups_to_check',
  'acting_to_confirm',
  'assignments_to_endorse',
  'assignments_to_approve',
  'accounts_to_grant',
  'structure_to_confirm',
  'consultations_to_approve',
  'goals_to_approve',
  'goals_to_sign',
]);

export const isDecision = (kind: WorkKind) => DECISIONS.has(kind);

type Place = (item: WorkItem) => string;
const order: Place = ({ id }) => `/work-orders/${id}`;
const request: Place = ({ id }) => `/repairs/${id}`;
const problem: Place = ({ id }) => `/cases/${id}`;
const dispute: Place = ({ id }) => `/disputes/${id}`;
const visit: Place = ({ id }) => `/visits/${id}`;
const report: Place = ({ id }) => `/resident-reports#${id}`;
const goals: Place = ({ id }) => `/goals/sets/${id}`;

/** Where each kind can be acted on. */
const PLACES: Record<WorkKind, Place> = {
  my_orders: order,
  requests_to_dispatch: request,
  orders_to_verify: order,
  costs_to_approve: order,
  reports_to_triage: report,
  orders_to_close: order,
  cases_to_acknowledge: problem,
  cases_to_assign: problem,
  my_cases: problem,
  cases_to_answer: problem,
  cases_to_close: problem,
  validity_to_confirm: problem,
  closings_to_check: problem,
  disputes_to_assign: dispute,
  my_disputes: dispute,
  disputes_to_close: dispute,
  dispute_costs_to_decide: dispute,
  visits_due: visit,
  visits_to_follow_up: visit,
  overdue_requests: request,
  overdue_orders: order,
  overdue_cases: problem,
  overdue_reports: report,
  overdue_disputes: dispute,
  overdue_visits: visit,
  acting_to_confirm: ({ id }) => `/acting#${id}`,
  assignments_to_endorse: ({ id }) => `/org/assignments?state=proposed#${id}`,
  assignments_to_approve: ({ id }) => `/org/assignments?state=endorsed#${id}`,
  edges_to_approve: () => '/org/edges?state=draft',
  holiday_to_cover: () => '/acting',
  backup_to_make: () => '/backups',
  backups_to_check: () => '/backups',
  corrections_to_decide: () => '/data-corrections',
  accounts_to_grant: () => '/accounts',
  structure_to_confirm: ({ id }) => `/estate/changes/${id}`,
  consultations_to_approve: ({ id }) => `/consultations/${id}`,
  goals_to_draft: () => '/goals/sets',
  overdue_goals: (item) => (item.subject_kind === 'estate' ? '/goals/sets' : goals(item)),
  goals_to_approve: goals,
  goals_to_sign: goals,
  goals_for_information: goals,
};

/** The page on which an item can be acted on. */
export const placeOf = (item: WorkItem) => PLACES[item.kind](item);

export type SectionKey = 'late' | 'decide' | 'today' | 'later' | 'open';
const SECTIONS: readonly SectionKey[] = ['late', 'decide', 'today', 'later', 'open'];

const sectionOf = (item: WorkItem): SectionKey => {
  if (item.overdue) return 'late';
  if (isDecision(item.kind)) return 'decide';
  if (item.due_today) return 'today';
  return item.due_at ? 'later' : 'open';
};

export interface Section {
  key: SectionKey;
  items: WorkItem[];
}

/** Each record once: as what one does with it, rather than as something late below. */
export function once(items: readonly WorkItem[]): WorkItem[] {
  const own = new Set(items.filter((item) => !isBelow(item.kind)).map((item) => item.id));
  const seen = new Set<string>();
  return items.filter((item) => {
    if (seen.has(item.id) || (isBelow(item.kind) && own.has(item.id))) return false;
    seen.add(item.id);
    return true;
  });
}

const isBelow = (kind: WorkKind) => kind.startsWith('overdue_') && kind !== 'overdue_goals';

/** Late first, then what waits for a decision, then by deadline; within each nearest first. */
export const sections = (items: readonly WorkItem[]): Section[] =>
  SECTIONS.map((key) => ({ key, items: items.filter((item) => sectionOf(item) === key) })).filter(
    (section) => section.items.length > 0,
  );
