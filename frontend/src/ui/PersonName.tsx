import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ok } from '@/api/client';

/** The name of a colleague; `none` says what stands where nobody is named. */
export function PersonName(props: { id: string | null | undefined; none?: ReactNode }) {
  const { id } = props;
  const person = useQuery({
    queryKey: ['org', 'employee', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/employees/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: Boolean(id),
    staleTime: 5 * 60_000,
    meta: { kinds: ['employee'] },
  });
  if (!id) return props.none ?? '—';
  return person.data?.name ?? (person.isError ? '—' : '…');
}
