import { expect, test } from 'vitest';
import { clockOf, minutesOf } from './time';

test('minutes after midnight and the time on the clock are the same both ways', () => {
  for (const minutes of [0, 1, 59, 60, 450, 1260, 1439]) {
    expect(minutesOf(clockOf(minutes))).toBe(minutes);
  }
  expect(clockOf(450)).toBe('07:30');
  expect(minutesOf('')).toBeNull();
});
