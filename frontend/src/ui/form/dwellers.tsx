import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';
import { listed } from '../format';

/** Who lives in or owns a house at present. */
export function useDwellers(house: string | null | undefined) {
  const found = useQuery({
    queryKey: ['dwellers', house],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/houses/{id}/record', {
          params: { path: { id: house as string } },
          signal,
        }),
      ),
    enabled: Boolean(house),
    retry: false,
    staleTime: 60_000,
    meta: { kinds: ['occupancy', 'party'] },
  });
  return found.data?.occupants.filter((one) => one.present) ?? [];
}

/** Their names, beside the number of a house that was found. */
export function DwellerNames({ house }: { house: string }) {
  const names = new Set(useDwellers(house).map((one) => one.party.name));
  return <>{listed([...names])}</>;
}
