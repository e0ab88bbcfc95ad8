import { expect, test } from 'vitest';
import type { Me } from '@/access/session';
import { type DutyDetail, decides, isUndecided, owes, turnBesideDue, turnText } from './duty';

const held = (post: string, assignment_id: string, estate_id: string | null) =>
  ({ post, assignment_id, estate_id }) as Me['posts'][number];

test('a turn is named in words', () => {
  expect(turnText('2026-11-26')).toBe('2026-11-26 周四');
  // 23:30 UTC is half past seven in the morning at the estate.
  expect(turnText('2026-11-26/2330Z')).toBe('2026-11-26 周四 07:30 起的班次');
  expect(turnText('2026-W48')).toBe('2026 年第 48 周');
  expect(turnText('2026-01')).toBe('2026 年 1 月');
  expect(turnText('2026-Q4')).toBe('2026 年第 4 季度');
  expect(turnText('2026-H1')).toBe('2026 年上半年');
  expect(turnText('2026-H2')).toBe('2026 年下半年');
  expect(turnText('2026')).toBe('2026 年');
});

test('beside the day it falls due a turn of that day is not said again', () => {
  const duty = { turn: '2026-11-26', due_at: '2026-11-26T00:30:00Z' };
  expect(turnBesideDue(duty)).toBeUndefined();
  expect(turnBesideDue({ ...duty, due_at: '2026-11-26T17:00:00Z' })).toBe('2026-11-26 周四');
  expect(turnBesideDue({ ...duty, turn: '2026-W48' })).toBe('2026 年第 48 周');
});

test('a duty belongs to its assignment, not to others of the post', () => {
  const duty = { assignment: 'a1', estate: 'e1', post: 'GUARD' as const };
  expect(owes(duty, [held('GUARD', 'a1', 'e1')])).toBe(true);
  expect(owes(duty, [held('GUARD', 'a2', 'e1')])).toBe(false);
});

test('what one does for all belongs to every holder in its estate', () => {
  const duty = { assignment: null, estate: 'e1', post: 'TICKET' as const };
  expect(owes(duty, [held('TICKET', 'a1', 'e1')])).toBe(true);
  expect(owes(duty, [held('TICKET', 'a1', null)])).toBe(true);
  expect(owes(duty, [held('TICKET', 'a1', 'e2')])).toBe(false);
  expect(owes(duty, [held('CASHIER', 'a1', 'e1')])).toBe(false);
});

test('only a named decider decides, and nobody while nothing was missed', () => {
  const detail = {
    decided_by_whom: { deciders: [{ employee_id: 'p1', name: '王', post: 'FINSUP' }], path: [] },
  } as Pick<DutyDetail, 'decided_by_whom'>;
  expect(decides(detail, 'p1')).toBe(true);
  expect(decides(detail, 'p2')).toBe(false);
  expect(decides(detail, undefined)).toBe(false);
  expect(decides({ decided_by_whom: null }, 'p1')).toBe(false);
});

test('missed and explained wait for a decision, the rest does not', () => {
  expect(isUndecided({ status: 'explained' })).toBe(true);
  expect(isUndecided({ status: 'open' })).toBe(false);
  expect(isUndecided({ status: 'confirmed_missed' })).toBe(false);
});
