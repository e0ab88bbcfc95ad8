import { expect, test } from 'vitest';
import { addDays } from '@/ui/format';
import { clock, mondayOf, shortDay, touches, weekOf } from './week';

test('a week runs from Monday to Sunday, over the ends of months and years', () => {
  expect(mondayOf('2026-11-29')).toBe('2026-11-23');
  expect(mondayOf('2026-11-23')).toBe('2026-11-23');
  expect(weekOf('2026-12-28')).toEqual([
    '2026-12-28',
    '2026-12-29',
    '2026-12-30',
    '2026-12-31',
    '2027-01-01',
    '2027-01-02',
    '2027-01-03',
  ]);
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
});

test('an absence touches the days of the estate, not of Greenwich', () => {
  // 23 November 16:00 UTC is the 24th at the estate.
  expect(touches('2026-11-24', '2026-11-23T16:00:00Z', '2026-11-24T16:00:00Z')).toBe(true);
  expect(touches('2026-11-23', '2026-11-23T16:00:00Z', '2026-11-24T16:00:00Z')).toBe(false);
  expect(touches('2026-11-25', '2026-11-23T16:00:00Z', '2026-11-24T16:00:00Z')).toBe(false);
});

test('minutes are read as a time of day', () => {
  expect(clock(450)).toBe('07:30');
  expect(clock(0)).toBe('00:00');
});

test('a day at the head of a column goes without its year', () => {
  expect(shortDay('2026-11-23')).toBe('周一 11-23');
});
