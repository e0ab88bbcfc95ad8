import { expect, test } from 'vitest';
import type { Schema } from '@/api/client';
import { stepsOf } from './steps';

const task = (state: Schema<'TaskState'>, more: Partial<Schema<'TaskView'>> = {}) =>
  ({
    state,
    issued_at: '2026-03-02T02:00:00Z',
    given_by_name: '王',
    ...more,
  }) as Schema<'TaskView'>;
const phases = (it: Schema<'TaskView'>) => stepsOf(it).map((step) => step.phase);

test('the way is done up to where the task stands', () => {
  expect(phases(task('issued'))).toEqual(['now', 'next', 'next', 'next', 'next']);
  expect(phases(task('reported_done'))).toEqual(['done', 'done', 'done', 'now', 'next']);
  expect(phases(task('closed'))).toEqual(['done', 'done', 'done', 'done', 'done']);
});

test('what came back is being done again, what was cancelled went no further', () => {
  expect(phases(task('returned'))).toEqual(['done', 'done', 'now', 'next', 'next']);
  expect(stepsOf(task('returned'))[2]?.note).toBe('已退回');
  expect(phases(task('cancelled'))).toEqual(['done', 'skipped', 'skipped', 'skipped', 'skipped']);
});

test('the giver who acted for somebody is named with both', () => {
  expect(stepsOf(task('issued', { given_for_name: '李' }))[0]?.who).toBe('王（代李）');
});
