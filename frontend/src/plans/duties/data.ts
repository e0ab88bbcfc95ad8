import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';

/** What moves a duty: itself, and what is noted of it. */
export const DUTY_KINDS = ['obligation'] as const;

export const loadMine = (estate: string, signal: AbortSignal) =>
  ok(api.GET('/api/v1/me/duties', { params: { query: { estate_id: estate } }, signal }));

/** What the signed-in person owes in an estate; time passes without an event: asked again. */
export function useMyDuties(estate: string, load = loadMine) {
  return useQuery({
    queryKey: ['plans', 'my-duties', estate],
    queryFn: ({ signal }) => load(estate, signal),
    enabled: estate !== '',
    refetchInterval: 60_000,
    meta: { kinds: DUTY_KINDS },
  });
}

/** The board of the week that begins on `monday`. */
export function useDutyBoard(estate: string, monday: string) {
  return useQuery({
    queryKey: ['plans', 'board', estate, monday],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/duties/board', {
          params: { query: { estate_id: estate, week_of: monday } },
          signal,
        }),
      ),
    enabled: estate !== '',
    refetchInterval: 60_000,
    meta: { kinds: DUTY_KINDS },
  });
}

export const loadDuty = (id: string, signal?: AbortSignal) =>
  ok(api.GET('/api/v1/obligations/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

export const loadRules = (on: string | undefined, signal: AbortSignal) =>
  ok(api.GET('/api/v1/obligation-rules', { params: { query: on ? { on } : {} }, signal }));

/** The rules in force today, for choices. */
export function useRules() {
  const rules = useQuery({
    queryKey: ['plans', 'rules'],
    queryFn: ({ signal }) => loadRules(undefined, signal),
    staleTime: 5 * 60_000,
    meta: { kinds: ['obligation_rule'] },
  });
  return rules.data?.items ?? [];
}

export const loadTriggers = (signal: AbortSignal) =>
  ok(api.GET('/api/v1/duty-triggers', { signal }));

/** The clocks that facts start, for choices. */
export function useTriggers() {
  const triggers = useQuery({
    queryKey: ['plans', 'triggers'],
    queryFn: ({ signal }) => loadTriggers(signal),
    staleTime: 5 * 60_000,
  });
  return triggers.data?.items ?? [];
}

/** All versions of a rule, the newest first: a change starts from that one, begun or not. */
export function useVersions(code: string) {
  return useQuery({
    queryKey: ['plans', 'rule', code],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/obligation-rules/{code}/versions', {
          params: { path: { code } },
          signal,
        }),
      ),
    meta: { kinds: ['obligation_rule'] },
  });
}
