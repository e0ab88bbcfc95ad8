import { useNavigate, useSearch } from '@tanstack/react-router';
import { me } from '@/access/session';
import { createStore, local, useStore } from '../store';
import type { ListSearch } from './search';

/** A named set of conditions, kept on this device for this person. */
export interface SavedView {
  name: string;
  search: ListSearch;
}

const changes = createStore(0);
const place = (list: string, what: string) => `wuye.${what}.${me()?.account_id ?? ''}.${list}`;

function useStored<T>(key: string, fallback: T): [T, (value: T | null) => void] {
  useStore(changes);
  return [
    local.getJson<T>(key) ?? fallback,
    (value) => {
      local.set(key, value === null ? null : JSON.stringify(value));
      changes.set(changes.get() + 1);
    },
  ];
}

/** Conditions of a list: in the address, so that back, reload and a sent link show the same. */
export function useListState(list: string) {
  const search = listText(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [views, setViews] = useStored<SavedView[]>(place(list, 'views'), []);
  const [columns, setColumns] = useStored<string[] | null>(place(list, 'columns'), null);

  // By function: a pause in typing and a click may both change conditions before the next render.
  const go = (next: (now: ListSearch) => ListSearch) =>
    void navigate({
      to: '.',
      search: ((now: object) => clean(next(listText(now)))) as never,
      replace: true,
    });
  return {
    search,
    /** Changes some conditions; `undefined` or an empty text removes one. */
    change: (some: ListSearch) => go((now) => ({ ...now, ...some })),
    replace: (next: ListSearch) => go(() => next),
    views,
    saveView: (name: string) =>
      setViews([...views.filter((view) => view.name !== name), { name, search }]),
    deleteView: (name: string) => setViews(views.filter((view) => view.name !== name)),
    currentView: views.find((view) => same(view.search, search))?.name,
    columns,
    setColumns,
  };
}

function listText(search: unknown): ListSearch {
  const out: ListSearch = {};
  for (const [key, value] of Object.entries(search as Record<string, unknown>)) {
    if (value !== undefined && value !== null) out[key] = String(value);
  }
  return out;
}

const clean = (search: ListSearch): ListSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value));

function same(a: ListSearch, b: ListSearch): boolean {
  const text = (search: ListSearch) =>
    JSON.stringify(Object.entries(clean(search)).sort(([x], [y]) => x.localeCompare(y)));
  return text(a) === text(b);
}
