import { expect, test } from 'vitest';
import { monthsOf } from './Period';

test('a year so far has every month that has begun', () => {
  const year = { from: '2026-01-01', until: '2026-12-31' };
  expect(monthsOf(year, '2026-03-02')).toEqual(['2026-01', '2026-02', '2026-03']);
  expect(monthsOf(year, '2027-05-01')).toHaveLength(12);
});

test('a month is itself, one to come is none', () => {
  const march = { from: '2026-03-01', until: '2026-03-31' };
  expect(monthsOf(march, '2026-11-26')).toEqual(['2026-03']);
  expect(monthsOf(march, '2026-02-26')).toEqual([]);
});
