import type { Schema } from '@/api/client';
import { t } from '@/locales/figure';
import { lang } from '@/locales/lang';
import { formatCount, formatFen } from '@/ui/format';
import { Pill, type Tone } from '@/ui/text';

// Without antd and with few texts: the phone's board uses these too.

export type Goal = Schema<'GoalView'>;
export type Status = Schema<'GoalStatus'>;
type Unit = Schema<'GoalUnit'>;
type Formula = Schema<'Formula'>;

/** What a figure says, whether computed now or signed once. */
export interface Shown {
  numerator: number | null;
  denominator: number | null;
  value_e2: number | null;
  status: Status;
  cause: Schema<'Cause'> | null;
  worst_case_e2: number | null;
  pending: number;
  warnings: readonly Schema<'Warning'>[];
  final: boolean;
}

export const ofMeasurement = (figure: Schema<'Measurement'>): Shown => ({
  numerator: figure.figure?.numerator ?? null,
  denominator: figure.figure?.denominator ?? null,
  value_e2: figure.value_e2 ?? null,
  status: figure.status,
  cause: figure.cause ?? null,
  worst_case_e2: figure.worst_case_e2 ?? null,
  pending: figure.pending,
  warnings: figure.warnings,
  final: !figure.provisional,
});

export const ofMeasured = (measured: Schema<'Measured'>): Shown => ({
  numerator: measured.numerator ?? null,
  denominator: measured.denominator ?? null,
  value_e2: measured.value_e2 ?? null,
  status: measured.status,
  cause: measured.cause ?? null,
  worst_case_e2: measured.worst_case_e2 ?? null,
  pending: measured.pending,
  warnings: measured.warnings,
  final: measured.is_final,
});

/** What stands for a goal: what was signed, or what the records say now. */
export const standing = (row: Schema<'GoalFigure'>): Shown =>
  row.signed ? ofMeasured(row.signed) : ofMeasurement(row.figure);

export const goalName = (goal: Pick<Goal, 'name_zh' | 'name_en'>) =>
  lang() === 'en' ? goal.name_en : goal.name_zh;

/** `75%`, `92.5%`, `12 起`: a target as it was set, without needless decimals. */
export const amountText = (unit: Unit, e2: number) =>
  unit === 'percent' ? `${e2 / 100}%` : counted(unit, e2 / 100);

/** `81.25%` or `7 起`: a value, rounded for showing only. */
export const valueText = (unit: Unit, e2: number | null) => {
  if (e2 === null) return '—';
  return unit === 'percent' ? `${(e2 / 100).toFixed(2)}%` : counted(unit, e2 / 100);
};

function counted(unit: Exclude<Unit, 'percent'>, n: number): string {
  const word = t(n === 1 ? `unit_one.${unit}` : `unit.${unit}`);
  return `${formatCount(n)} ${word}`;
}

export const targetText = (goal: Goal) =>
  `${t.code('comparator', goal.comparator)} ${amountText(goal.unit, goal.target_e2)}`;

/** What was counted: `38 / 40 件`, of the fee in yuan; empty when there was nothing to count. */
export function fractionText(
  goal: Pick<Goal, 'formula'>,
  shown: Pick<Shown, 'numerator' | 'denominator'>,
): string {
  const { numerator, denominator } = shown;
  if (numerator === null || denominator === null) return '';
  const say = (n: number) => partText(goal.formula, n);
  const unit = t.has(`counted.${goal.formula}`) ? ` ${t.code('counted', goal.formula)}` : '';
  return `${say(numerator)} / ${say(denominator)}${unit}`;
}

export const partText = (formula: Formula, n: number) =>
  formula === 'fee_collection' ? formatFen(n) : formatCount(n);

const TONES: Record<Status, Tone> = {
  met: 'ok',
  at_risk: 'warn',
  missed: 'late',
  not_measurable: 'plain',
};

export const StatusPill = ({ status }: { status: Status }) => (
  <Pill tone={TONES[status]}>{t.code('status', status)}</Pill>
);

/** Why there is no value, and what a reader should know about it. */
export function notesOf(goal: Goal, shown: Shown): string[] {
  const notes: string[] = [];
  if (shown.cause) notes.push(t.code('cause', shown.cause));
  if (shown.pending > 0) {
    const worst =
      shown.worst_case_e2 === null
        ? ''
        : ` · ${t('worst_case', { value: valueText(goal.unit, shown.worst_case_e2) })}`;
    notes.push(`${t('pending_n', { n: shown.pending })}${worst}`);
  }
  for (const warning of shown.warnings) {
    // The count of those pending has said it.
    if (warning !== 'pending_findings' || shown.pending === 0) {
      notes.push(t.code('warning', warning));
    }
  }
  return notes;
}

/** How far the value and the target lie along a line, as shares of it; none without a value. */
export function reach(goal: Goal, shown: Shown): { value: number; target: number } | null {
  if (shown.value_e2 === null || shown.status === 'not_measurable') return null;
  const full =
    goal.unit === 'percent' ? 10_000 : Math.max(goal.target_e2 * 1.25, shown.value_e2, 100);
  return { value: Math.min(1, shown.value_e2 / full), target: Math.min(1, goal.target_e2 / full) };
}
