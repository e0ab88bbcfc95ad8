import { expect, test } from 'vitest';
import { type Counts, counted, listOf, summed } from './counts';

const none: Counts = { open: 0, late: 0, done: 0, done_late: 0, waived: 0, missed: 0 };
const conditions = (href: string) =>
  Object.fromEntries(new URLSearchParams(href.slice(href.indexOf('?'))));

test('a cell says what there is, late first', () => {
  const cell = { ...none, done: 3, late: 1, open: 2 };
  expect(counted(cell).map(({ count, n }) => [count, n])).toEqual([
    ['late', 1],
    ['open', 2],
    ['done', 3],
  ]);
  expect(counted(none)).toEqual([]);
});

test('days add up', () => {
  expect(
    summed([
      { ...none, late: 1 },
      { ...none, late: 2, done: 4 },
    ]),
  ).toEqual({
    ...none,
    late: 3,
    done: 4,
  });
  expect(summed([])).toEqual(none);
});

test('a cell leads to just what it counts', () => {
  const row = { post: 'GUARD' as const, employee_id: 'p1' };
  const day = { from: '2026-11-30', until: '2026-11-30', row };
  expect(conditions(listOf({ count: 'open', ...day }))).toEqual({
    sort: 'due_at',
    due_from: '2026-11-30T00:00:00+08:00',
    due_until: '2026-12-01T00:00:00+08:00',
    status: 'open',
    late: 'false',
    post: 'GUARD',
    employee_id: 'p1',
  });
  expect(conditions(listOf({ count: 'missed', ...day })).status).toBe('confirmed_missed');
});

test('a total leads to everybody, in the estate where there are several', () => {
  const found = conditions(
    listOf({ count: 'late', from: '2026-11-23', until: '2026-11-29', estate: 'e1' }),
  );
  expect(found).toEqual({
    sort: 'due_at',
    due_from: '2026-11-23T00:00:00+08:00',
    due_until: '2026-11-30T00:00:00+08:00',
    late: 'true',
    estate_id: 'e1',
  });
});
