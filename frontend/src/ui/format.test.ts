import { expect, test } from 'vitest';
import { setLang } from '@/locales/lang';
import {
  dateOf,
  formatCount,
  formatDate,
  formatFen,
  formatRelative,
  formatThousandths,
  formatTime,
} from './format';

test('dates and times read as people here write them, on the estate clock', async () => {
  expect(formatDate('2026-11-23')).toBe('2026-11-23 周一');
  expect(formatTime('2026-11-22T17:05:00Z')).toBe('2026-11-23 周一 01:05');
  expect(dateOf('2026-12-31T16:00:00Z')).toBe('2027-01-01');
  await setLang('en');
  expect(formatDate('2026-11-23')).toBe('23 Nov 2026');
  expect(formatTime('2026-11-23T06:05:00Z')).toBe('23 Nov 2026 14:05');
});

test('amounts have two decimals and separators', () => {
  expect(formatFen(0)).toBe('0.00');
  expect(formatFen(5)).toBe('0.05');
  expect(formatFen(123456789)).toBe('1,234,567.89');
  expect(formatFen(-100000)).toBe('−1,000.00');
});

test('counts and measures have separators, measures as many decimals as they need', () => {
  expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([0, 500, 89500, 1234567, -1000001].map(formatThousandths)).toEqual([
    '0',
    '0.5',
    '89.5',
    '1,234.567',
    '-1,000.001',
  ]);
});

test('relative times say both directions', () => {
  const now = Date.parse('2026-11-23T00:00:00Z');
  expect(formatRelative('2026-11-22T23:50:00Z', now)).toBe('10 分钟前');
  expect(formatRelative('2026-11-23T05:00:00Z', now)).toBe('5 小时后');
  expect(formatRelative('2026-11-26T00:00:00Z', now)).toBe('3 天后');
});
