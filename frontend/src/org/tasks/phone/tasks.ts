import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/tasks';
import { remembered } from '@/offline/cache';
import { doneHere, type QueuedAction, queueStore } from '@/offline/queue';
import { sendOrKeep } from '@/offline/send';
import { useStore } from '@/ui/store';

export type Task = Schema<'TaskView'>;
export type TaskAct = 'accept' | 'start' | 'report-done';

const AFTER: Record<TaskAct, Task['state']> = {
  accept: 'accepted',
  start: 'in_progress',
  'report-done': 'reported_done',
};
const TO_DO: ReadonlySet<Task['state']> = new Set([
  'issued',
  'accepted',
  'in_progress',
  'returned',
]);

/** My tasks to do, nearest deadline first; also those of whom I act for. */
export function useMyTasks() {
  const query = useQuery({
    queryKey: ['org', 'my-tasks'],
    queryFn: ({ signal }) =>
      remembered('my-tasks', () =>
        ok(
          api.GET('/api/v1/tasks', {
            params: { query: { side: 'mine', open: true, sort: 'due_at', limit: 100 } },
            signal,
          }),
        ),
      ),
    meta: { kinds: ['task'] },
  });
  const done = doneHere(useStore(queueStore));
  const tasks = (query.data?.items ?? [])
    .map((task) => ({ task, state: stateOf(task, done) }))
    .filter(({ state }) => TO_DO.has(state));
  return { ...query, tasks };
}

/** The state as this person left it: what they did on this device counts, answered or not. */
export function stateOf(task: Pick<Task, 'id' | 'state'>, done: readonly QueuedAction[]) {
  const prefix = `/api/v1/tasks/${task.id}/`;
  const last = done.filter((one) => !one.refused && one.path.startsWith(prefix)).at(-1);
  const act = last?.path.slice(prefix.length) as TaskAct | undefined;
  return (act && AFTER[act]) ?? task.state;
}

export const useStateOf = (task: Task) => stateOf(task, doneHere(useStore(queueStore)));

/** The one act that comes next; none when it waits for somebody else. */
export function nextAct(state: Task['state']): TaskAct | null {
  if (state === 'issued') return 'accept';
  if (state === 'accepted' || state === 'returned') return 'start';
  return state === 'in_progress' ? 'report-done' : null;
}

/** The word for it. */
export const wordOf = (act: TaskAct) => t.code('action', act.replace('-', '_'));

/** Does it now or, without network, later; never twice. Says which, and whether it was kept. */
export async function act(
  task: Task,
  what: TaskAct,
  body: Record<string, unknown> = {},
  files: { pointer: string; name: string; blob: Blob }[] = [],
): Promise<boolean> {
  return sendOrKeep({
    label: `${wordOf(what)} ${task.no}`,
    path: `/api/v1/tasks/${task.id}/${what}`,
    body: { ...body, occurred_at: new Date().toISOString() },
    files,
    kinds: ['task'],
  });
}
