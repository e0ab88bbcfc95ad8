import { pageOf } from '@/shell/places';
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
  'tasks_to_close',
  'duties_to_decide',
  'acting_to_confirm',
  'assignments_to_endorse',
  'assignments_to_approve',
  'accounts_to_grant',
  'structure_to_confirm',
  'consultations_to_approve',
  'goals_to_approve',
  'goals_to_sign',
  'calendar_to_confirm',
]);

export const isDecision = (kind: WorkKind) => DECISIONS.has(kind);

/** Where something waits that has no page of its own record, or not of its record alone. */
const LISTS: Partial<Record<WorkKind, string>> = {
  assignments_to_endorse: '/org/assignments?state=proposed#',
  assignments_to_approve: '/org/assignments?state=endorsed#',
  edges_to_approve: '/org/edges?state=draft#',
  accounts_to_grant: '/accounts#',
  holiday_to_cover: '/acting',
  calendar_to_enter: '/calendar',
  calendar_to_confirm: '/calendar',
  backup_to_make: '/backups',
  backups_to_check: '/backups',
  corrections_to_decide: '/data-corrections',
  goals_to_draft: '/goals/sets',
  briefing_to_give: '/mornings',
  briefings_to_hear: '/mornings',
};

/** The page on which an item can be acted on. */
export function placeOf(item: WorkItem): string {
  const list = LISTS[item.kind];
  if (list) return list.endsWith('#') ? list + item.id : list;
  return pageOf(item.subject_kind, item.id) ?? '/goals/sets';
}

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
