import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from 'antd';
import { expect, test, vi } from 'vitest';
import { api, type Schema } from '@/api/client';
import { queryClient, reloadKind } from '@/api/query';
import { Suggestions } from './Suggestions';

const technician = (name: string): Schema<'RankedTechnician'> =>
  ({
    technician_id: name,
    name,
    readiness: 'on_duty',
    reasons: [{ zh: '工作量最低', en: 'least work' }],
    load: { open_orders: 0, open_minutes: 0, urgent_open: 0, week_minutes: 0 },
  }) as unknown as Schema<'RankedTechnician'>;

const answer = (...names: string[]) => ({
  data: { request_id: 'r1', excluded: [], fallback: null, ranking: names.map(technician) },
  response: new Response(),
});

const names = () => screen.getAllByRole('radio').map((radio) => radio.closest('li')?.textContent);

test('who is chosen stays where they stand, though another answer was on its way', async () => {
  let later: (value: unknown) => void = () => {};
  const get = vi.spyOn(api, 'GET') as unknown as ReturnType<typeof vi.fn>;
  get.mockResolvedValueOnce(answer('张静', '郭勇'));
  get.mockReturnValueOnce(new Promise((resolve) => (later = resolve)));
  render(
    <QueryClientProvider client={queryClient}>
      <App>
        <Suggestions request={{ id: 'r1' } as Schema<'RepairRequest'>} />
      </App>
    </QueryClientProvider>,
  );
  await screen.findByRole('radio', { name: /张静/ });
  void reloadKind('work_order'); // somebody else dispatches
  await waitFor(() => expect(get).toHaveBeenCalledTimes(2));

  await userEvent.click(screen.getByRole('radio', { name: /郭勇/ }));
  await act(async () => later(answer('郭勇', '张静')));

  expect(names()[1]).toContain('郭勇');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /郭勇/ }).checked).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: '派给 郭勇' }));
  expect(screen.getByRole('alert').textContent).toContain('请写明改派他人的理由');
});
