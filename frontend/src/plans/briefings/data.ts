import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';

export type Briefing = Schema<'BriefingView'>;
export type Detail = Schema<'BriefingDetail'>;
export type Item = Schema<'BriefingItem'>;
export type CountedRecord = Schema<'BriefingRecord'>;
export type Point = Schema<'BriefingPointView'>;

/** What moves a briefing: itself, and the tasks that came out of its points. */
export const BRIEFING_KINDS = ['briefing', 'task'] as const;

export const loadMorning = (estate: string, signal: AbortSignal) =>
  ok(api.GET('/api/v1/me/briefings', { params: { query: { estate_id: estate } }, signal }));

/** What the signed-in person gives and hears today; time passes without an event: asked again. */
export function useMorning(estate: string, load = loadMorning) {
  return useQuery({
    queryKey: ['plans', 'morning', estate],
    queryFn: ({ signal }) => load(estate, signal),
    enabled: estate !== '',
    refetchInterval: 60_000,
    meta: { kinds: BRIEFING_KINDS },
  });
}

/** One briefing as a query, for a page and for the papers of a whole morning. */
export const briefingQuery = (id: string) => ({
  queryKey: ['plans', 'briefing', id],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    ok(api.GET('/api/v1/briefings/{id}', { params: { path: { id } }, signal })),
  meta: { kinds: BRIEFING_KINDS },
});

export const useBriefing = (id: string) => useQuery(briefingQuery(id));

/** Records to sample at the hearing of a briefing. */
export function useSamples(id: string) {
  return useQuery({
    queryKey: ['plans', 'briefing-samples', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/briefings/samples', { params: { query: { briefing_id: id } }, signal })),
    meta: { kinds: ['briefing'] },
  });
}
