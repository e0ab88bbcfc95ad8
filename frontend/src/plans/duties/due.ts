import type { Schema } from '@/api/client';

export type Rule = Schema<'ObligationRule'>;
export type Due = Rule['due'];
export type DueKind = Due['kind'];
export type Cadence = Rule['cadence'];

export type Figure =
  | 'minutes'
  | 'back'
  | 'weekday'
  | 'month'
  | 'day'
  | 'n'
  | 'workdays'
  | 'days'
  | 'later';
export type Field = Figure | 'rule' | 'time';

/** What each kind of deadline is made of, in the order in which it is read. */
export const FIELDS: Record<DueKind, readonly Field[]> = {
  day: ['time'],
  shift_start: ['minutes'],
  shift_end: [],
  last_workday: ['back', 'time'],
  weekday: ['weekday', 'time'],
  month_day: ['day', 'later', 'time'],
  workday: ['n', 'later', 'time'],
  before_turn: ['workdays', 'time'],
  days_after_turn: ['days', 'time'],
  date: ['month', 'day', 'later', 'time'],
  beside: ['rule', 'workdays', 'time'],
};

const WITHIN_MONTHS: readonly DueKind[] = [
  'last_workday',
  'month_day',
  'workday',
  'before_turn',
  'days_after_turn',
  'beside',
];

/** The deadlines that make sense for turns of each length. */
const KINDS: Record<Cadence, readonly DueKind[]> = {
  shift: ['shift_start', 'shift_end'],
  daily: ['day'],
  weekly: ['weekday', 'last_workday', 'workday', 'before_turn', 'days_after_turn', 'beside'],
  monthly: WITHIN_MONTHS,
  quarterly: WITHIN_MONTHS,
  half_yearly: WITHIN_MONTHS,
  annual: ['date', ...WITHIN_MONTHS],
};

/** The kinds to choose from; the one the rule has is among them in any case. */
export function kindsOf({ cadence, due }: Pick<Rule, 'cadence' | 'due'>): readonly DueKind[] {
  const kinds = KINDS[cadence];
  return kinds.includes(due.kind) ? kinds : [due.kind, ...kinds];
}

/** The least and the greatest of a figure. */
export function limitsOf(kind: DueKind, figure: Figure): { min: number; max: number } {
  if (figure === 'workdays' && kind === 'beside') return { min: -30, max: 30 };
  const limits: Record<Figure, [min: number, max: number]> = {
    minutes: [0, 1440],
    back: [0, 20],
    weekday: [1, 7],
    month: [1, 12],
    day: [1, 31],
    n: [1, 30],
    workdays: [0, 30],
    days: [0, 92],
    later: [0, 12],
  };
  const [min, max] = limits[figure];
  return { min, max };
}

/** A deadline as the form holds it: also what belongs to kinds that were chosen before. */
export type DueValues = { kind: DueKind; rule?: string | null; time?: string | null } & {
  [F in Figure]?: number | null;
};

/** The deadline of the chosen kind, and nothing of the others. */
export function dueOf(values: DueValues): Due {
  const due: Record<string, unknown> = { kind: values.kind };
  for (const field of FIELDS[values.kind]) {
    const value = values[field] ?? (field === 'later' ? 0 : undefined);
    if (value !== undefined && value !== '') due[field] = value;
  }
  return due as Due;
}

/** The pieces of evidence that each post of the rule needs. */
export const countsOf = (rule: Pick<Rule, 'posts' | 'minimum'>): Record<string, number> =>
  Object.fromEntries(
    rule.posts.map((post) => [post, rule.minimum.find((named) => named.post === post)?.count ?? 1]),
  );

/** What the form of a change holds. */
export interface ChangeValues {
  valid_from: string;
  active: boolean;
  posts?: Rule['posts'];
  due: DueValues;
  minimum: Record<string, number | null>;
  timing_zh?: string;
  timing_en?: string;
  reason: string;
}

/** Whether another deadline is meant than the rule has. */
export const movesDue = (rule: Pick<Rule, 'due'>, due: DueValues | undefined): boolean =>
  due?.kind !== undefined && !same(dueOf(due), dueOf(rule.due as DueValues));

type Change = Schema<'ChangeObligationRule'>;

/** The parts of the rule that are to be different; empty when nothing was changed. */
export function changesOf(rule: Rule, values: ChangeValues): Omit<Change, 'valid_from' | 'reason'> {
  const before = countsOf(rule);
  const posts = values.posts ?? rule.posts;
  const counts = posts.map((post) => ({ post, count: values.minimum?.[post] ?? 1 }));
  const moved = posts.length !== rule.posts.length || posts.some((it) => !rule.posts.includes(it));
  return {
    ...(values.active !== rule.active && { active: values.active }),
    ...(movesDue(rule, values.due) && {
      due: dueOf(values.due),
      timing_zh: values.timing_zh?.trim() ?? null,
      timing_en: values.timing_en?.trim() ?? null,
    }),
    ...(moved && { posts }),
    ...(counts.some(({ post, count }) => count !== (before[post] ?? 1)) && {
      minimum: counts.filter(({ count }) => count !== 1),
    }),
  };
}

// Both sides were made by `dueOf`, which keeps the order of the fields.
const same = (one: Due, other: Due) => JSON.stringify(one) === JSON.stringify(other);
