import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { pageOf } from '@/shell/places';

// Without antd: the phone pages use these too.

export type Notice = Schema<'Notice'>;
export type NoticeKind = Schema<'NoticeKind'>;

export const kinds = [
  'handed',
  'taken_away',
  'came_back',
  'changed',
  'closed',
  'cancelled',
  'reported_done',
  'to_decide',
  'approved',
  'refused',
  'due_soon',
  'overdue',
  'climbed',
  'missed',
  'explained',
  'waived',
  'confirmed_missed',
  'acting_settled',
  'acting_begun',
  'acting_ended',
] as const satisfies readonly NoticeKind[];

/** How many notices one has not read; 0 while nobody knows. */
export function useUnread(): number {
  const count = useQuery({
    queryKey: ['notices', 'count'],
    queryFn: ({ signal }) => ok(api.GET('/api/v1/me/notices/count', { signal })),
    meta: { kinds: ['notice'] },
  });
  return count.data?.unread ?? 0;
}

/** Pages of the phone for records that have one there. */
const ON_PHONE: Partial<Record<Notice['subject']['kind'], (id: string) => string>> = {
  work_order: (id) => `/m/orders/${id}`,
  task: (id) => `/m/tasks/${id}`,
  obligation: () => '/m/duties',
};

/** Where the record of a notice stands; none for kinds without a page. */
export const placeOf = ({ subject }: Notice, phone = false): string | undefined =>
  (phone ? ON_PHONE[subject.kind]?.(subject.id) : undefined) ?? pageOf(subject.kind, subject.id);

/** Marks all one was told of the record of this notice as read: whoever opens it knows. */
export async function markRead({ subject, read_at }: Notice): Promise<void> {
  if (read_at) return;
  await api.POST('/api/v1/me/notices/read-of', { body: { kind: subject.kind, id: subject.id } });
  await reloadKind('notice');
}

/** Marks everything told until now as read; gives how many there were. */
export async function markAllRead(): Promise<number> {
  const { read } = await ok(api.POST('/api/v1/me/notices/read-all', { body: {} }));
  await reloadKind('notice');
  return read;
}
