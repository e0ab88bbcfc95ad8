import { expect, test } from 'vitest';
import { appointment } from './appointment';

test('an appointment is read on the clock of the estate', () => {
  expect(appointment('2026-11-26T09:00', '2026-11-26T10:30')).toEqual({
    from: '2026-11-26T01:00:00.000Z',
    until: '2026-11-26T02:30:00.000Z',
  });
});

test('without an end it lasts two hours, without a beginning there is none', () => {
  expect(appointment('2026-11-26T09:00', '')?.until).toBe('2026-11-26T03:00:00.000Z');
  expect(appointment('', '2026-11-26T10:00')).toBeNull();
});
