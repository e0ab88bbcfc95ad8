import { me } from '@/access/session';
import { api, ok } from '@/api/client';

const FEW = 6;

/** Owners and residents by name, initials, door, number, or the end of a phone. */
export async function findParties(q: string, signal: AbortSignal) {
  const estates = me()?.estates ?? [];
  const pages = await Promise.all(
    estates.map((estate) =>
      ok(
        api.GET('/api/v1/parties', {
          params: { query: { q, limit: FEW, estate_id: estate.id } },
          signal,
        }),
      ),
    ),
  );
  return pages.flatMap((page, i) =>
    page.items.map((party) => ({
      key: party.id,
      title: party.name,
      detail: [estates.length > 1 && estates[i]?.name, ...party.homes.map((home) => home.house_no)]
        .filter(Boolean)
        .join(' · '),
      href: `/parties/${party.id}`,
    })),
  );
}
