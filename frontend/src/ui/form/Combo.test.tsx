import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { Combo } from './Combo';

test('typing finds, Enter takes the first and the caret goes on', async () => {
  const onChange = vi.fn();
  const onChosen = vi.fn();
  const load = vi.fn(async (text: string) => [
    { value: 'h1', label: `${text}-501` },
    { value: 'h2', label: `${text}-502` },
  ]);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Combo what="house" load={load} onChange={onChange} onChosen={onChosen} label="house" />
    </QueryClientProvider>,
  );
  const field = screen.getByRole('combobox');
  fireEvent.focus(field);
  fireEvent.change(field, { target: { value: '3-2' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onChange).not.toHaveBeenCalled(); // a house half found is not taken
  await screen.findByText('3-2-502');
  fireEvent.keyDown(field, { key: 'ArrowDown' });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onChange).toHaveBeenCalledWith('h2');
  expect(onChosen).toHaveBeenCalledOnce();
});

test('Enter before the answer takes it when it is the only one', async () => {
  const onChange = vi.fn();
  const load = async (text: string) => [{ value: 'h1', label: text }];
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Combo what="house" load={load} onChange={onChange} label="house" />
    </QueryClientProvider>,
  );
  const field = screen.getByRole('combobox');
  fireEvent.focus(field);
  fireEvent.change(field, { target: { value: '3-2-501' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(onChange).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(onChange).toHaveBeenCalledWith('h1'));
});

test('a value that a record or a draft brings after the first look is shown by its name', async () => {
  const name = vi.fn(async (value: string) => `name of ${value}`);
  const field = (value: string | null) => (
    <QueryClientProvider client={client}>
      <Combo what="house" load={async () => []} name={name} value={value} label="house" />
    </QueryClientProvider>
  );
  const client = new QueryClient();
  const { rerender } = render(field(null));
  expect(name).not.toHaveBeenCalled();
  rerender(field('h7'));
  expect(await screen.findByDisplayValue('name of h7')).toBeTruthy();
});
