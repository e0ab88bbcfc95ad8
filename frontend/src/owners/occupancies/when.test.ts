import { expect, test } from 'vitest';
import { whenOf } from './when';

test('the first day is in, the day of moving out is not', () => {
  const span = { valid_from: '2026-03-01', valid_until: '2026-06-01' };
  expect(whenOf(span, '2026-02-28')).toBe('future');
  expect(whenOf(span, '2026-03-01')).toBe('now');
  expect(whenOf(span, '2026-05-31')).toBe('now');
  expect(whenOf(span, '2026-06-01')).toBe('past');
  expect(whenOf({ valid_from: '2026-03-01', valid_until: null }, '2099-01-01')).toBe('now');
});
