import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from 'antd';
import { expect, test, vi } from 'vitest';
import { ProblemError } from '@/api/problem';
import { ListPage } from './ListPage';
import { listSearch } from './search';
import type { ListQuery, Page } from './types';

interface Row {
  id: string;
  name: string;
}
type Fetch = (query: ListQuery) => Promise<Page<Row>>;

const rows = (from: number, n: number): Row[] =>
  Array.from({ length: n }, (_, i) => ({ id: `r${from + i}`, name: `行 ${from + i}` }));

/** A list at `/rows` over the given server, and where it leads. */
async function show(fetch: Fetch, path = '/rows') {
  const root = createRootRoute();
  const list = createRoute({
    getParentRoute: () => root,
    path: '/rows',
    validateSearch: listSearch,
    component: () => (
      <ListPage<Row>
        name="test.rows"
        title="记录"
        kinds={['house']}
        fetch={fetch}
        rowKey={(row) => row.id}
        href={(row) => `/rows/${row.id}`}
        searchHint="名称"
        columns={[{ key: 'name', title: '名称', render: (row) => row.name, sort: 'name' }]}
        filters={[{ key: 'late', label: '已超期', kind: 'flag' }]}
        empty={{ title: '还没有行', hint: '先登记一行。' }}
      />
    ),
  });
  const one = createRoute({
    getParentRoute: () => root,
    path: '/rows/$id',
    component: () => <p>打开了 {(one.useParams() as { id: string }).id}</p>,
  });
  const router = createRouter({
    routeTree: root.addChildren([list, one]),
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <App>
        {/* biome-ignore lint/suspicious/noExplicitAny: another router than the registered one */}
        <RouterProvider router={router as any} />
      </App>
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), router };
}

test('arrow keys walk from the search box through the rows, Enter opens', async () => {
  const { user } = await show(async () => ({ items: rows(1, 3), total: 3 }));
  await screen.findByText('行 1');
  await user.click(screen.getByRole('textbox'));
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}');
  expect(document.activeElement?.textContent).toContain('行 2');
  await user.keyboard('{Enter}');
  expect(await screen.findByText('打开了 r2')).toBeTruthy();
});

test('up from the first row returns to the box; Enter there opens the only hit', async () => {
  const { user } = await show(async () => ({ items: rows(7, 1), total: 1 }));
  await screen.findByText('行 7');
  await user.click(screen.getByRole('textbox'));
  await user.keyboard('{ArrowDown}{ArrowUp}');
  expect(document.activeElement).toBe(screen.getByRole('textbox'));
  await user.keyboard('{Enter}');
  expect(await screen.findByText('打开了 r7')).toBeTruthy();
});

test('text, filters and order go to the address and to the server', async () => {
  const fetch = vi.fn<Fetch>(async () => ({ items: rows(1, 2), total: 2 }));
  const { user, router } = await show(fetch);
  await screen.findByText('行 1');
  await user.type(screen.getByRole('textbox'), '3-2-501');
  await user.click(screen.getByRole('button', { name: /已超期/ }));
  await user.click(screen.getByRole('button', { name: /按名称排序/ }));
  await waitFor(() =>
    expect(router.state.location.search).toEqual({ q: '3-2-501', late: 'true', sort: 'name' }),
  );
  await waitFor(() =>
    expect(fetch.mock.lastCall?.[0]).toMatchObject({
      q: '3-2-501',
      late: 'true',
      sort: 'name',
      count: true,
    }),
  );
});

test('more rows are loaded by the cursor, and the head says how many there are', async () => {
  const fetch = vi.fn<Fetch>(async ({ cursor }) =>
    cursor
      ? { items: rows(51, 2), next_cursor: null }
      : { items: rows(1, 50), next_cursor: 'c2', total: 52 },
  );
  const { user } = await show(fetch);
  await screen.findByText('行 50');
  expect(screen.getByText('共 52 条')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: '加载更多' }));
  expect(await screen.findByText('行 52')).toBeTruthy();
  expect(fetch.mock.lastCall?.[0].cursor).toBe('c2');
  expect(screen.queryByRole('button', { name: '加载更多' })).toBeNull();
});

test('each empty state says what to do', async () => {
  await show(async () => ({ items: [], total: 0 }));
  expect(await screen.findByText('先登记一行。')).toBeTruthy();
});

test('no match offers to clear the conditions', async () => {
  const { user, router } = await show(async () => ({ items: [], total: 0 }), '/rows?q=zzz');
  expect(await screen.findByText('没有符合条件的记录')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: '清除筛选' }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});

test('an error says what and offers another try', async () => {
  let fail = true;
  const { user } = await show(async () => {
    if (fail) throw new ProblemError(500, { detail: '服务器没能完成这个请求。' });
    return { items: rows(1, 1), total: 1 };
  });
  expect(await screen.findByRole('alert')).toHaveProperty(
    'textContent',
    expect.stringContaining('服务器没能完成这个请求。'),
  );
  fail = false;
  await user.click(screen.getByRole('button', { name: '重试' }));
  expect(await screen.findByText('行 1')).toBeTruthy();
});

test('without the right the page says whom to ask', async () => {
  await show(async () => {
    throw new ProblemError(403, { code: 'forbidden' });
  });
  expect(await screen.findByText('您没有这项权限')).toBeTruthy();
});
