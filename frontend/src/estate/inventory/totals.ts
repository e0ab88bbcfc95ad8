import type { Schema } from '@/api/client';
import { listHref } from '../elements';
import { fixtureKinds } from '../words';

type KindTotal = Schema<'KindTotal'>;

/** Kinds in the order in which people walk an estate: buildings first, then what lies between. */
export const countedKinds = [
  'block',
  'unit',
  'house',
  'parking_space',
  'road',
  'green',
  'shared',
  ...fixtureKinds,
] as const;
export type CountedKind = (typeof countedKinds)[number];

export interface Sum {
  count: number;
  length_milli: number;
  area_milli: number;
}

/** Totals as a table: a row for each kind, a column for each area (`null`: in none). */
export interface Table {
  areas: { id: string | null; name: string | null }[];
  rows: { kind: CountedKind; cells: (Sum | null)[]; all: Sum }[];
}

const plus = (a: Sum, b: Sum): Sum => ({
  count: a.count + b.count,
  length_milli: a.length_milli + b.length_milli,
  area_milli: a.area_milli + b.area_milli,
});
const nothing: Sum = { count: 0, length_milli: 0, area_milli: 0 };

/** Turns the server's lines into a table; kinds of which there are none are left out. */
export function tableOf(totals: readonly KindTotal[]): Table {
  const areas: Table['areas'] = [];
  for (const one of totals) {
    const id = one.area_id ?? null;
    if (!areas.some((area) => area.id === id)) areas.push({ id, name: one.area_name ?? null });
  }
  // What lies in no area stands last.
  areas.sort((a, b) => Number(a.id === null) - Number(b.id === null));
  const rows = countedKinds.flatMap((kind) => {
    const of = totals.filter((one) => one.kind === kind);
    if (of.length === 0) return [];
    const cells = areas.map((area) => of.find((one) => (one.area_id ?? null) === area.id) ?? null);
    return [{ kind, cells, all: of.reduce(plus, nothing) }];
  });
  return { areas, rows };
}

/** Where the rows behind a figure are; `undefined` when no list can be narrowed to them. */
export function rowsHref(kind: CountedKind, area?: string | null): string | undefined {
  const within: Record<string, string> = area ? { area_id: area } : {};
  const to = (path: string, more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...more, ...within }).toString();
    return query ? `${path}?${query}` : path;
  };
  if (kind === 'block') {
    return area === null ? to(listHref('block'), { without_area: 'true' }) : to(listHref('block'));
  }
  if (area === null) return undefined;
  if (kind === 'unit') return area === undefined ? listHref('unit') : undefined;
  if (kind === 'house' || kind === 'parking_space') return to(listHref(kind));
  if (kind === 'road' || kind === 'green' || kind === 'shared') {
    return to(listHref('place'), { kind });
  }
  return to(listHref('place'), { kind: 'fixture', fixture_kind: kind });
}
