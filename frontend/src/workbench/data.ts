import { useQuery } from '@tanstack/react-query';
import { useMe } from '@/access/session';
import { api, type Kind, ok, type Schema } from '@/api/client';

export type Work = Schema<'Workbench'>;
export type WorkItem = Schema<'WorkItem'>;
export type WorkKind = Schema<'WorkKind'>;

/** Records of these kinds wait for people: an event about one of them reloads the workbench. */
export const WORK_KINDS: readonly Kind[] = [
  'work_order',
  'repair_request',
  'resident_report',
  'case',
  'dispute',
  'visit',
  'task',
  'briefing',
  'obligation',
  'acting_period',
  'assignment',
  'account_request',
  'structure_change',
  'consultation',
  'goal_set',
];

export const loadWork = (signal: AbortSignal) => ok(api.GET('/api/v1/me/workbench', { signal }));

/** What waits for the signed-in person; deadlines pass without an event, so it is asked again. */
export function useWork(load: (signal: AbortSignal) => Promise<Work> = loadWork) {
  const me = useMe();
  return useQuery({
    queryKey: ['workbench', me.account_id],
    queryFn: ({ signal }) => load(signal),
    refetchInterval: 60_000,
    meta: { kinds: WORK_KINDS },
  });
}
