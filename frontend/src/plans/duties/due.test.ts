import { expect, test } from 'vitest';
import { type ChangeValues, changesOf, type DueValues, dueOf, kindsOf, type Rule } from './due';

const walks = {
  posts: ['DEPMGR', 'CSCMGR'],
  minimum: [
    { post: 'DEPMGR', count: 8 },
    { post: 'CSCMGR', count: 2 },
  ],
  cadence: 'monthly',
  due: { kind: 'workday', n: 3, later: 1 },
  active: true,
} as unknown as Rule;

const values = (more: Partial<ChangeValues> = {}): ChangeValues => ({
  valid_from: '2026-12-01',
  active: true,
  due: { ...walks.due } as DueValues,
  minimum: { DEPMGR: 8, CSCMGR: 2 },
  reason: '试行',
  ...more,
});

test('a deadline holds what belongs to its kind, and nothing of the kind chosen before', () => {
  expect(dueOf({ kind: 'last_workday', back: 2, n: 3, later: 1, time: '17:00' })).toEqual({
    kind: 'last_workday',
    back: 2,
    time: '17:00',
  });
  expect(dueOf({ kind: 'shift_end', minutes: 30 })).toEqual({ kind: 'shift_end' });
});

test('a time that was cleared is the end of work, and no delay is none', () => {
  expect(dueOf({ kind: 'month_day', day: 28, time: '' })).toEqual({
    kind: 'month_day',
    day: 28,
    later: 0,
  });
  expect(dueOf({ kind: 'day', time: null })).toEqual({ kind: 'day' });
});

test('what stays as it is is not sent', () => {
  expect(changesOf(walks, values())).toEqual({});
  expect(changesOf(walks, values({ active: false }))).toEqual({ active: false });
});

test('another deadline comes with its words', () => {
  const due: DueValues = { kind: 'workday', n: 5, later: 1 };
  const changed = values({ due, timing_zh: ' 次月第5个工作日 ', timing_en: '5th working day' });
  expect(changesOf(walks, changed)).toEqual({
    due: { kind: 'workday', n: 5, later: 1 },
    timing_zh: '次月第5个工作日',
    timing_en: '5th working day',
  });
});

test('counts go as a whole, without those that need only one', () => {
  const changed = values({ minimum: { DEPMGR: 6, CSCMGR: 1 } });
  expect(changesOf(walks, changed)).toEqual({ minimum: [{ post: 'DEPMGR', count: 6 }] });
});

test('duties of the shift have deadlines of the shift, and a kind in use is never missing', () => {
  expect(kindsOf({ cadence: 'shift', due: { kind: 'shift_end' } })).toEqual([
    'shift_start',
    'shift_end',
  ]);
  expect(kindsOf({ cadence: 'daily', due: { kind: 'day' } })).toEqual(['day']);
  const odd = kindsOf({ cadence: 'monthly', due: { kind: 'date', month: 1, day: 31 } });
  expect(odd[0]).toBe('date');
});
