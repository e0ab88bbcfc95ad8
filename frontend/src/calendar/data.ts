import type { Schema } from '@/api/client';
import { addDays } from '@/ui/format';

export type Calendar = Schema<'CalendarView'>;
export type Day = Schema<'DayView'>;
export type OwnDay = Schema<'CalendarDay'>;
export type DayKind = Schema<'DayKind'>;

export const KINDS = [
  'holiday',
  'make_up_workday',
  'workday',
  'weekend',
] as const satisfies readonly DayKind[];

/** Monday 1 to Sunday 7. */
export const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** The days of a month with so many empty places before them that weeks stand in columns. */
export function weeksOf(days: readonly Day[], month: number): { empty: number; days: Day[] } {
  const of = days.filter((day) => Number(day.date.slice(5, 7)) === month);
  return { empty: of[0] ? weekdayOf(of[0].date) - 1 : 0, days: of };
}

const isWeekend = (date: string) => weekdayOf(date) > 5;

/** Whether a day of this kind can lie on this date. */
export const fits = (kind: DayKind, date: string) =>
  kind === 'holiday' || isWeekend(date) === (kind === 'make_up_workday' || kind === 'weekend');

/**
 * The own days after a span was entered: what stood there before goes, and where a kind is given
 * each day it fits comes in its place.
 */
export function entered(
  own: readonly OwnDay[],
  span: { from: string; until: string; kind: DayKind | null; name: string },
): OwnDay[] {
  const rest = own.filter((day) => day.date < span.from || day.date > span.until);
  const { kind } = span;
  const fresh: OwnDay[] = [];
  for (let date = span.from; kind && date <= span.until; date = addDays(date, 1)) {
    if (fits(kind, date)) fresh.push({ date, kind, name: span.name.trim() || null });
  }
  return [...rest, ...fresh].sort((one, other) => one.date.localeCompare(other.date));
}
