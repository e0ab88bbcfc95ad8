import { api, ifMatch, ok, type Schema } from '@/api/client';
import type { ListQuery, Page } from '@/ui/list';

/** What the inventory is made of, by its kind. */
export interface Elements {
  area: Schema<'Area'>;
  block: Schema<'Block'>;
  // By way of its edit: in the contract `Unit` is what a goal is counted in.
  unit: Schema<'EditedElement_Unit'>['record'];
  house: Schema<'House'>;
  parking_space: Schema<'ParkingSpace'>;
  place: Schema<'Place'>;
}
export type ElementKind = keyof Elements;

/** What makes a new one, and what can be changed about one. */
export interface NewElements {
  area: Schema<'NewArea'>;
  block: Schema<'NewBlock'>;
  unit: Schema<'NewUnit'>;
  house: Schema<'NewHouse'>;
  parking_space: Schema<'NewParkingSpace'>;
  place: Schema<'NewPlace'>;
}
export interface ChangedElements {
  area: Schema<'ChangeArea'>;
  block: Schema<'ChangeBlock'>;
  unit: Schema<'ChangeUnit'>;
  house: Schema<'ChangeHouse'>;
  parking_space: Schema<'ChangeParkingSpace'>;
  place: Schema<'ChangePlace'>;
}
export type StructureChange = Schema<'StructureChange'>;

/** An element after an edit: what holds now, and what waits for the supervisor. */
export interface Edited<K extends ElementKind> {
  record: Elements[K];
  pending?: StructureChange | null;
}

/** The part of the address that names the kind, in the API and on the screens alike. */
const parts = {
  house: 'houses',
  block: 'blocks',
  unit: 'units',
  area: 'areas',
  parking_space: 'parking-spaces',
  place: 'places',
} as const satisfies Record<ElementKind, string>;

export const elementKinds = Object.keys(parts) as ElementKind[];
export const isElementKind = (kind: string): kind is ElementKind => kind in parts;

export const apiPath = (kind: ElementKind) => `/api/v1/${parts[kind]}`;
export const listHref = (kind: ElementKind) => `/estate/${parts[kind]}`;
export const recordHref = (kind: ElementKind, id: string) => `${listHref(kind)}/${id}`;

// All six kinds have the same operations under their own paths. The calls go by the path of one of
// them and give the type of the kind that was asked for.

export function listElements<K extends ElementKind>(
  kind: K,
  query: Partial<ListQuery>,
  signal?: AbortSignal,
): Promise<Page<Elements[K]>> {
  const path = apiPath(kind) as '/api/v1/areas';
  const page: unknown = ok(api.GET(path, { params: { query: query as object }, signal }));
  return page as Promise<Page<Elements[K]>>;
}

/** Every row of a short list, page by page. */
export async function everyElement<K extends ElementKind>(
  kind: K,
  query: Partial<ListQuery>,
  signal?: AbortSignal,
): Promise<Elements[K][]> {
  const all: Elements[K][] = [];
  let cursor: string | null | undefined;
  do {
    const page: Page<Elements[K]> = await listElements(
      kind,
      { ...query, limit: 200, ...(cursor ? { cursor } : {}) },
      signal,
    );
    all.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return all;
}

export function getElement<K extends ElementKind>(
  kind: K,
  id: string,
  signal?: AbortSignal,
): Promise<Elements[K]> {
  const path = `${apiPath(kind)}/{id}` as '/api/v1/areas/{id}';
  const element: unknown = ok(api.GET(path, { params: { path: { id } }, signal }));
  return element as Promise<Elements[K]>;
}

export function createElement<K extends ElementKind>(
  kind: K,
  body: NewElements[K],
  headers: Record<string, string>,
): Promise<Elements[K]> {
  const path = apiPath(kind) as '/api/v1/areas';
  const element: unknown = ok(api.POST(path, { body: body as Schema<'NewArea'>, headers }));
  return element as Promise<Elements[K]>;
}

export function changeElement<K extends ElementKind>(
  kind: K,
  { id, version }: { id: string; version: number },
  body: ChangedElements[K],
): Promise<Edited<K>> {
  const path = `${apiPath(kind)}/{id}` as '/api/v1/areas/{id}';
  const params = { path: { id }, header: ifMatch(`"${version}"`) };
  const edited: unknown = ok(api.PATCH(path, { params, body: body as Schema<'ChangeArea'> }));
  return edited as Promise<Edited<K>>;
}

/** Asks for an element to be taken out; it waits for the supervisor. */
export function retireElement(
  kind: ElementKind,
  id: string,
  reason: string,
  headers: Record<string, string>,
): Promise<StructureChange> {
  const path = `${apiPath(kind)}/{id}/retire` as '/api/v1/areas/{id}/retire';
  return ok(api.POST(path, { params: { path: { id } }, body: { reason }, headers }));
}
