import { me } from '@/access/session';
import { t } from '@/locales/estate';
import { squareMetres } from '@/ui/format';
import { listElements, recordHref } from './elements';

const FEW = 6;

/** Houses by `3-2-501` in any way of writing it, by who lives there, or by a phone's end. */
export async function findHouses(q: string, signal: AbortSignal) {
  const estates = me()?.estates ?? [];
  const pages = await Promise.all(
    estates.map((estate) => listElements('house', { q, limit: FEW, estate_id: estate.id }, signal)),
  );
  return pages.flatMap((page, i) =>
    page.items.map((house) => ({
      key: house.id,
      title: house.no,
      detail: [
        estates.length > 1 && estates[i]?.name,
        t.code('status', house.status),
        house.area_milli && squareMetres(house.area_milli),
      ]
        .filter(Boolean)
        .join(' · '),
      href: recordHref('house', house.id),
    })),
  );
}
