import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';
import { t } from '@/locales/estate';
import { Anchor } from '@/ui/Anchor';
import {
  type ElementKind,
  type Elements,
  everyElement,
  getElement,
  recordHref,
  type StructureChange,
} from './elements';

const NONE: readonly never[] = [];

/** The living areas of an estate. */
export function useAreas(estate: string | undefined): readonly Elements['area'][] {
  return useEvery('area', estate ? { estate_id: estate } : null);
}

/** The living blocks of an estate. */
export function useBlocks(estate: string | undefined): readonly Elements['block'][] {
  return useEvery('block', estate ? { estate_id: estate } : null);
}

/** The living units of a block. */
export function useUnits(estate: string | undefined, block: string | null | undefined) {
  return useEvery('unit', estate && block ? { estate_id: estate, block_id: block } : null);
}

function useEvery<K extends ElementKind>(
  kind: K,
  query: Record<string, string> | null,
): readonly Elements[K][] {
  const all = useQuery({
    queryKey: ['estate', 'every', kind, query],
    queryFn: ({ signal }) => everyElement(kind, query ?? {}, signal),
    enabled: query !== null,
    staleTime: 60_000,
    meta: { kinds: [kind] },
  });
  return all.data ?? NONE;
}

/** One element; shared by its page and by whatever only names it. */
export function useElement<K extends ElementKind>(kind: K, id: string | null | undefined) {
  return useQuery({
    queryKey: ['estate', kind, id],
    queryFn: ({ signal }) => getElement(kind, id ?? '', signal),
    enabled: Boolean(id),
    meta: { kinds: [kind] },
  });
}

/** The name of an area, as a link; a word when there is none. */
export function AreaName({ id }: { id: string | null | undefined }) {
  const area = useElement('area', id);
  if (!id) return <span className="muted">{t('area.none')}</span>;
  return <Anchor href={recordHref('area', id)}>{area.data?.name ?? '…'}</Anchor>;
}

/** The number of a house, as a link; a word when there is none. */
export function HouseName({ id }: { id: string | null | undefined }) {
  const house = useElement('house', id);
  if (!id) return <span className="muted">{t('house.none')}</span>;
  return (
    <Anchor className="num" href={recordHref('house', id)}>
      {house.data?.no ?? '…'}
    </Anchor>
  );
}

/** What was asked for about one element, the latest first. */
export function useChangesOf(
  kind: ElementKind,
  { id, estate_id }: { id: string; estate_id: string },
): readonly StructureChange[] {
  const changes = useQuery({
    queryKey: ['estate', 'changes', kind, id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/structure-changes', {
          params: { query: { estate_id, subject_kind: kind, subject_id: id, limit: 200 } },
          signal,
        }),
      ),
    meta: { kinds: ['structure_change'] },
  });
  return changes.data?.items ?? NONE;
}

/** The name of a block, as a link. */
export function BlockName({ id }: { id: string }) {
  const block = useElement('block', id);
  return <Anchor href={recordHref('block', id)}>{block.data?.name ?? '…'}</Anchor>;
}

/** The name of a unit, as a link; a word for houses of a block without units. */
export function UnitName({ id }: { id: string | null | undefined }) {
  const unit = useElement('unit', id);
  if (!id) return <span className="muted">{t('unit.none')}</span>;
  const name = unit.data ? t('unit.called', { no: unit.data.no }) : '…';
  return <Anchor href={recordHref('unit', id)}>{name}</Anchor>;
}
