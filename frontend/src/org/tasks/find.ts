import { api, ok } from '@/api/client';
import type { Hit } from '@/shell/search';

/** Tasks by number, words, giver or assignee. */
export async function findTasks(q: string, signal: AbortSignal): Promise<Hit[]> {
  const page = await ok(api.GET('/api/v1/tasks', { params: { query: { q, limit: 5 } }, signal }));
  return page.items.map((one) => ({
    key: one.id,
    title: `${one.no} ${one.title}`,
    ...(one.assignee_name && { detail: one.assignee_name }),
    href: `/tasks/${one.id}`,
  }));
}
