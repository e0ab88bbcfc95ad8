import { expect, test } from 'vitest';
import type { QueuedAction } from '@/offline/queue';
import { nextAct, stateOf } from './tasks';

const sent = (path: string) => ({ path }) as QueuedAction;
const task = { id: 't1', state: 'issued' as const };

test('what was done on this device counts before the server has answered', () => {
  expect(stateOf(task, [])).toBe('issued');
  expect(stateOf(task, [sent('/api/v1/tasks/t1/accept')])).toBe('accepted');
  expect(stateOf(task, [sent('/api/v1/tasks/t1/accept'), sent('/api/v1/tasks/t1/start')])).toBe(
    'in_progress',
  );
  expect(stateOf(task, [sent('/api/v1/tasks/t2/accept')])).toBe('issued');
});

test('one act comes next, and none while it waits for the giver', () => {
  expect(nextAct('issued')).toBe('accept');
  expect(nextAct('returned')).toBe('start');
  expect(nextAct('in_progress')).toBe('report-done');
  expect(nextAct('reported_done')).toBeNull();
});
