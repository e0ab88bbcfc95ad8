import { useQuery } from '@tanstack/react-query';
import { me } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/field';
import { remembered } from '@/offline/cache';
import { doneHere, type QueuedAction, queueStore } from '@/offline/queue';
import { sendOrKeep } from '@/offline/send';
import { useStore } from '@/ui/store';

export type Order = Schema<'WorkOrder'>;
export type FieldAct = 'accept' | 'arrive' | 'resume' | 'hold' | 'finish';

const AFTER: Record<FieldAct, Order['state']> = {
  accept: 'accepted',
  arrive: 'on_site',
  resume: 'on_site',
  hold: 'pending_resident',
  finish: 'done',
};
const RANK: Record<Order['urgency'], number> = { emergency: 0, urgent: 1, normal: 2 };

/** My open orders: what hurries first, then what is due first. */
export function useMyOrders() {
  const employee = me()?.employee?.id;
  const query = useQuery({
    queryKey: ['service_desk', 'my-orders', employee],
    enabled: Boolean(employee),
    queryFn: ({ signal }) =>
      remembered('my-orders', () =>
        ok(
          api.GET('/api/v1/work-orders', {
            params: { query: { technician_id: employee as string, open: true, limit: 100 } },
            signal,
          }),
        ),
      ),
    meta: { kinds: ['work_order'] },
  });
  const done = doneHere(useStore(queueStore));
  const orders = (query.data?.items ?? [])
    .map((order) => ({ order, state: stateOf(order, done) }))
    .filter(({ state }) => state !== 'done')
    .sort(
      (a, b) =>
        RANK[a.order.urgency] - RANK[b.order.urgency] ||
        dueOf(a.order).localeCompare(dueOf(b.order)),
    );
  return { ...query, orders };
}

export const dueOf = (order: Order) => order.due_at ?? order.finish_due_at;

/** The state as this person left it: what they did on this device counts, answered or not. */
export function stateOf(order: Order, done: readonly QueuedAction[]): Order['state'] {
  const prefix = `/api/v1/work-orders/${order.id}/`;
  const last = done.filter((one) => !one.refused && one.path.startsWith(prefix)).at(-1);
  const act = last?.path.slice(prefix.length) as FieldAct | undefined;
  if (act === 'hold' && last?.body.kind === 'material') return 'pending_material';
  return act ? AFTER[act] : order.state;
}

export const useStateOf = (order: Order) => stateOf(order, doneHere(useStore(queueStore)));

/** Does it now or, without network, later; never twice. Says which, and whether it was kept. */
export async function act(
  order: Order,
  what: FieldAct,
  body: Record<string, unknown> = {},
  files: { pointer: string; name: string; blob: Blob }[] = [],
): Promise<boolean> {
  return sendOrKeep({
    label: `${t.code('field', what)} ${order.no}`,
    path: `/api/v1/work-orders/${order.id}/${what}`,
    body: { ...body, occurred_at: new Date().toISOString() },
    files,
    kinds: ['work_order'],
  });
}

/** The one act that comes next at the site. */
export function nextAct(state: Order['state']): FieldAct | null {
  if (state === 'dispatched') return 'accept';
  if (state === 'accepted' || state === 'returned_to_work') return 'arrive';
  if (state === 'pending_material' || state === 'pending_resident') return 'resume';
  return state === 'on_site' ? 'finish' : null;
}
