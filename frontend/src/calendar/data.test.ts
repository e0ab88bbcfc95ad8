import { expect, test } from 'vitest';
import { type Day, entered, fits, weekdayOf, weeksOf } from './data';

const days = (dates: readonly string[]) =>
  dates.map((date): Day => ({ date, kind: 'workday', source: 'built_in' }));

test('a month begins under its weekday', () => {
  const year = days(['2026-02-28', '2026-03-01', '2026-03-02', '2026-03-31']);
  expect(weeksOf(year, 3)).toEqual({ empty: 6, days: year.slice(1) });
  expect(weeksOf(year, 6)).toEqual({ empty: 0, days: [] });
  expect([weekdayOf('2026-03-01'), weekdayOf('2026-03-02')]).toEqual([7, 1]);
});

test('a make-up workday is a day of the weekend, a working day is none', () => {
  expect(fits('make_up_workday', '2027-01-09')).toBe(true);
  expect(fits('make_up_workday', '2027-01-08')).toBe(false);
  expect(fits('workday', '2027-01-09')).toBe(false);
  expect(fits('holiday', '2027-01-09') && fits('holiday', '2027-01-08')).toBe(true);
});

test('a span takes the place of what was entered for its days', () => {
  const own = [
    { date: '2027-02-05', kind: 'holiday', name: '春节' },
    { date: '2027-02-20', kind: 'make_up_workday', name: null },
  ] as const;
  const span = {
    from: '2027-02-05',
    until: '2027-02-07',
    kind: 'holiday',
    name: ' 春节 ',
  } as const;
  const after = entered(own, span);
  expect(after.map((day) => day.date)).toEqual([
    '2027-02-05',
    '2027-02-06',
    '2027-02-07',
    '2027-02-20',
  ]);
  expect(after[0]?.name).toBe('春节');
  expect(entered(after, { ...span, kind: null })).toEqual([own[1]]);
});
