import { useQueries, useQuery } from '@tanstack/react-query';
import { useMe } from '@/access/session';
import { api, ok, type Schema, withTag } from '@/api/client';
import { isDecider } from '@/org/deciders';
import { today } from '@/ui/format';

export type GoalSet = Schema<'GoalSetHead'>;
export type Sheet = Schema<'GoalSheet'>;
export type Figures = Schema<'GoalFigures'>;

/** What moves a figure: the records it is computed from, and what is decided about the goals. */
export const FIGURE_KINDS = ['goal_set', 'goal', 'case'] as const;

/** The calendar year on the estate's clock. */
export const thisYear = () => Number(today().slice(0, 4));

const PATH = '/api/v1/goal-sets/{id}/figures';

/** The figures of a set, on a day or today. */
const figuresQuery = (set: string, asOf?: string) => ({
  queryKey: ['goals', 'figures', set, asOf ?? ''],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    ok(
      api.GET(PATH, {
        params: { path: { id: set }, query: asOf ? { as_of: asOf } : {} },
        signal,
      }),
    ),
  meta: { kinds: FIGURE_KINDS },
});

export const useFigures = (set: string, asOf?: string) => useQuery(figuresQuery(set, asOf));

/** The goal sets of a year in every estate the person reads. */
export function useGoalSets(year: number) {
  return useQuery({
    queryKey: ['goals', 'sets', year],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/goal-sets', { params: { query: { year, limit: 200 } }, signal })),
    meta: { kinds: ['goal_set'] },
  });
}

/** The sheet of a set with its tag. */
export function useSheet(id: string, enabled = true) {
  return useQuery({
    queryKey: ['goals', 'sheet', id],
    queryFn: ({ signal }) =>
      withTag(api.GET('/api/v1/goal-sets/{id}', { params: { path: { id } }, signal })),
    enabled,
    meta: { kinds: ['goal_set'] },
  });
}

/** Whether this person is who approves, signs and freezes these goals now. */
export function useDecides(sheet: Sheet | undefined): boolean {
  const person = useMe().employee?.id;
  return isDecider(sheet?.decided_by, person);
}

/** The names behind ids of staff; ids not known yet have none. */
export function useNames(
  ids: readonly (string | null | undefined)[],
): (id?: string | null) => string {
  const wanted = [...new Set(ids.filter((id) => id !== null && id !== undefined))];
  const found = useQueries({
    queries: wanted.map((id) => ({
      queryKey: ['org', 'employee', id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ok(api.GET('/api/v1/employees/{id}', { params: { path: { id } }, signal })),
      staleTime: 10 * 60_000,
      meta: { kinds: ['employee'] as const },
    })),
  });
  return (id) => (id ? (found[wanted.indexOf(id)]?.data?.name ?? '') : '');
}
