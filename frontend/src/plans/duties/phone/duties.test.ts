import { expect, test } from 'vitest';
import type { QueuedAction } from '@/offline/queue';
import { statusOf } from './duties';

const sent = (path: string, refused?: string) => ({ path, refused }) as QueuedAction;
const missed = { id: 'd1', status: 'missed' as const };

test('what was explained on this device counts before the server has answered', () => {
  expect(statusOf(missed, [])).toBe('missed');
  expect(statusOf(missed, [sent('/api/v1/obligations/d1/explain')])).toBe('explained');
  expect(statusOf(missed, [sent('/api/v1/obligations/d2/explain')])).toBe('missed');
});

test('a refused explanation does not count, and what was decided stays so', () => {
  expect(statusOf(missed, [sent('/api/v1/obligations/d1/explain', '无权')])).toBe('missed');
  const waived = { id: 'd1', status: 'waived' as const };
  expect(statusOf(waived, [sent('/api/v1/obligations/d1/explain')])).toBe('waived');
});
