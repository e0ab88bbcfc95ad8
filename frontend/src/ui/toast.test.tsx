import { act, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Toaster, toast, toastError } from './toast';

afterEach(() => {
  vi.useRealTimers();
});

test('what was done and what was refused are both said; each leaves in its own time', () => {
  vi.useFakeTimers();
  render(<Toaster />);
  act(() => {
    toast('已确认 1 项');
    toastError('1 项没有确认');
  });
  expect(screen.getByText('已确认 1 项')).toBeTruthy();
  expect(screen.getByText('1 项没有确认')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(4_000));
  expect(screen.queryByText('已确认 1 项')).toBeNull();
  expect(screen.getByText('1 项没有确认')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(5_000));
  expect(screen.queryByText('1 项没有确认')).toBeNull();
});
