import { ReloadOutlined, SearchOutlined, SettingOutlined } from '@ant-design/icons';
import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Button, Checkbox, Input, type InputRef } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Kind } from '@/api/client';
import { t as b } from '@/locales/base';
import { t as shell } from '@/locales/shell';
import { t } from '@/locales/ui';
import { formatCount } from '../format';
import { useNarrow } from '../hooks';
import { PanelButton } from '../opening/PanelButton';
import { ErrorView, Skeleton, StateView } from '../StateView';
import { useShortcut } from '../shortcuts';
import { Cards } from './Cards';
import { ExportButton } from './ExportButton';
import { Filters } from './Filters';
import { Rows } from './Rows';
import type { BulkAction, ListColumn, ListFilter, ListQuery, Page } from './types';
import { useListState } from './useListState';
import { Views } from './Views';
import './list.css';

interface ListPageProps<Item> {
  /** Name for what is remembered about this list: `<context>.<list>`. */
  name: string;
  title: string;
  /** Kinds of record shown: a live event of one of them reloads the list. */
  kinds: readonly Kind[];
  fetch: (query: ListQuery, signal: AbortSignal) => Promise<Page<Item>>;
  rowKey: (item: Item) => string;
  columns: readonly ListColumn<Item>[];
  filters?: readonly ListFilter[];
  /** What the search box understands; none: no search box. */
  searchHint?: string;
  /** The server's name for what is typed there; default `q`. */
  searchKey?: string;
  /** Where Enter or a click leads. */
  href?: (item: Item) => string;
  /** Instead of an address: opens a drawer or the like. */
  onOpen?: (item: Item) => void;
  /** A row's tint; the row says the same in words. */
  rowTone?: (item: Item) => 'late' | 'warn' | undefined;
  /** Path of the list in the API; its `/export` gives what one sees as CSV or XLSX. */
  exportPath?: string;
  /** The page's own buttons, the primary one last. */
  actions?: ReactNode;
  bulk?: readonly BulkAction[];
  /** What to say and offer when there is nothing at all yet. */
  empty?: { title: string; hint?: string; action?: ReactNode };
  /** Ways to the neighbours of this list, right below its title. */
  tabs?: ReactNode;
  /** Something between conditions and rows: figures, a chart. */
  above?: ReactNode;
  /** Conditions to begin with when the address has none: shown as chips, removed like any other. */
  start?: Record<string, string>;
  /** Conditions that are always sent and not shown. */
  fixed?: Record<string, string | undefined>;
}

const LIMIT = 50;

/** A list of one kind of record; see the frontend's README for how to use it. */
export function ListPage<Item extends object>(props: ListPageProps<Item>) {
  const { name, title, columns, rowKey, filters = [], bulk = [], searchKey = 'q' } = props;
  const router = useRouter();
  const narrow = useNarrow();
  const state = useListState(name);
  const { search } = state;
  const [text, setText] = useState(search[searchKey] ?? '');
  const [active, setActive] = useState(-1);
  const [marked, setMarked] = useState<string[]>([]);
  const box = useRef<InputRef>(null);
  const rows = useRef<HTMLDivElement>(null);

  useEffect(() => {
    document.title = `${title} · ${b('product')}`;
  }, [title]);

  const [begun, setBegun] = useState(!props.start || Object.keys(search).length > 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on arrival
  useEffect(() => {
    if (!begun && props.start) state.replace(props.start);
    setBegun(true);
  }, []);
  const conditions = useMemo(() => ({ ...search, ...props.fixed }), [search, props.fixed]);
  const conditionsKey = JSON.stringify(conditions);
  const asking = infiniteQueryOptions({
    queryKey: ['list', name, conditionsKey],
    queryFn: ({ pageParam, signal }) =>
      props.fetch(
        {
          ...conditions,
          limit: LIMIT,
          ...(pageParam ? { cursor: pageParam } : { count: true }),
        } as ListQuery,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page: Page<Item>) => page.next_cursor || undefined,
    meta: { kinds: props.kinds },
  });
  // On arrival the rows are asked for while the page is still put together, not after it.
  const client = useQueryClient();
  useState(() => begun && client.prefetchInfiniteQuery(asking));
  const query = useInfiniteQuery({
    ...asking,
    enabled: begun,
    placeholderData: (before) => before,
  });
  const [atHand] = useState(query.data !== undefined);
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const here = marked.length > 0 ? new Set(items.map(rowKey)) : undefined;
  // What somebody else took out of the list meanwhile cannot be meant any more.
  const chosen = marked.filter((key) => here?.has(key));
  const total = query.data?.pages[0]?.total;
  const filtered = Object.keys(search).some((key) => key !== 'sort' && search[key]);

  // Typed text goes into the address after a pause; an address changed from outside comes back.
  const asked = search[searchKey] ?? '';
  useEffect(() => setText(asked), [asked]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the timer
  useEffect(() => {
    if (text === asked) return;
    const timer = setTimeout(() => state.change({ [searchKey]: text }), 250);
    return () => clearTimeout(timer);
  }, [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other conditions, other rows
  useEffect(() => {
    setActive(-1);
    setMarked([]);
  }, [conditionsKey]);
  useShortcut({
    keys: '/',
    label: shell('shortcuts.list_search'),
    run: () => box.current?.focus({ cursor: 'all' }),
  });

  function open(item: Item) {
    if (props.onOpen) props.onOpen(item);
    else if (props.href) router.history.push(props.href(item));
  }
  const opens = Boolean(props.onOpen ?? props.href);

  function move(to: number) {
    const next = Math.max(0, Math.min(items.length - 1, to));
    setActive(next);
    const row = rows.current?.querySelectorAll<HTMLElement>('[data-row]')[next];
    row?.focus();
    row?.scrollIntoView?.({ block: 'nearest' });
    if (next >= items.length - 5 && query.hasNextPage && !query.isFetching) query.fetchNextPage();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || items.length === 0) return;
    const target = event.target as HTMLElement;
    const onRow = target.matches('[data-row]');
    if (!onRow && target !== box.current?.input) return;
    if (event.key === 'ArrowDown') move(onRow ? active + 1 : 0);
    else if (event.key === 'ArrowUp' && onRow) {
      if (active === 0) box.current?.focus();
      else move(active - 1);
    } else if (event.key === 'Home' && onRow) move(0);
    else if (event.key === 'End' && onRow) move(items.length - 1);
    else if (event.key === ' ' && onRow && bulk.length > 0) toggle(items[active]);
    else if (event.key === 'Enter' && opens) {
      const item = onRow ? items[active] : items.length === 1 ? items[0] : undefined;
      if (!item) return;
      open(item);
    } else return;
    event.preventDefault();
  }
  function toggle(item: Item | undefined) {
    if (!item) return;
    const key = rowKey(item);
    setMarked(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  }

  const picked = state.columns ?? columns.filter((one) => !one.hidden).map((one) => one.key);
  const shown = columns.filter((column) => picked.includes(column.key));

  return (
    <section className="list" aria-label={title} onKeyDown={onKeyDown}>
      <header className="list-head">
        <h1>{title}</h1>
        <span className="list-count" role="status">
          {query.data &&
            (total ?? null) !== null &&
            t('list.total', { n: formatCount(total ?? 0) })}
        </span>
        <span className="list-spring" />
        {props.exportPath && (
          <ExportButton path={props.exportPath} name={title} query={conditions} />
        )}
        {props.actions && <div className="list-actions">{props.actions}</div>}
      </header>

      {props.tabs}
      <div className="list-tools">
        {props.searchHint && (
          <Input
            ref={box}
            className="list-search"
            allowClear
            prefix={<SearchOutlined />}
            placeholder={props.searchHint}
            aria-label={`${t('list.search')}: ${props.searchHint}`}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        <Filters filters={filters} search={search} change={state.change} />
        {filtered && (
          <Button type="link" size="small" onClick={() => state.replace(keepSort(search))}>
            {t('list.clear')}
          </Button>
        )}
        <div className="list-own">
          <Views state={state} filtered={filtered} />
          {!narrow && (
            <PanelButton
              side="right"
              button={(opener) => (
                <Button
                  type="text"
                  aria-label={t('list.columns')}
                  icon={<SettingOutlined />}
                  {...opener}
                />
              )}
            >
              {() => (
                <div className="list-columns">
                  <Checkbox.Group
                    value={picked}
                    onChange={(keys) => state.setColumns(keys as string[])}
                    options={columns.map((column) => ({ value: column.key, label: column.title }))}
                  />
                  <Button type="link" size="small" onClick={() => state.setColumns(null)}>
                    {t('list.columns_reset')}
                  </Button>
                </div>
              )}
            </PanelButton>
          )}
          {!narrow && (
            <Button
              type="text"
              aria-label={t('list.refresh')}
              icon={<ReloadOutlined spin={query.isFetching && !query.isLoading} />}
              onClick={() => query.refetch()}
            />
          )}
        </div>
      </div>
      {props.above}
      {chosen.length > 0 && (
        <div className="list-bulk">
          <span>{t('list.selected', { n: chosen.length })}</span>
          {bulk.map((action) => (
            <Button
              key={action.key}
              size="small"
              danger={action.danger}
              onClick={async () => setMarked(await action.run(chosen))}
            >
              {action.label}
            </Button>
          ))}
          <Button type="link" size="small" onClick={() => setMarked([])}>
            {t('list.selected_none')}
          </Button>
        </div>
      )}

      <div ref={rows} className="list-rows" aria-busy={query.isFetching}>
        {query.isPending ? (
          <Skeleton lines={8} />
        ) : query.isError && items.length === 0 ? (
          <ErrorView error={query.error} retry={() => query.refetch()} />
        ) : items.length === 0 ? (
          <Nothing filtered={filtered} empty={props.empty} />
        ) : narrow ? (
          <Cards
            items={items}
            columns={columns.filter((column) => column.card !== 'none' && !column.hidden)}
            rowKey={rowKey}
            href={props.href}
            onOpen={opens ? open : undefined}
            rowTone={props.rowTone}
          />
        ) : (
          <Rows
            items={items}
            atHand={atHand}
            columns={shown}
            rowKey={rowKey}
            active={active}
            onActive={setActive}
            onOpen={opens ? open : undefined}
            rowTone={props.rowTone}
            sort={search.sort}
            onSort={(sort) => state.change({ sort })}
            chosen={bulk.length > 0 ? chosen : undefined}
            onChosen={setMarked}
          />
        )}
      </div>

      {items.length > 0 && (
        <footer className="list-foot">
          <span className="muted">
            {total
              ? t('list.loaded_of', { n: formatCount(items.length), total: formatCount(total) })
              : t('list.loaded', { n: formatCount(items.length) })}
            {!narrow && opens && ` · ${t('list.keys')}`}
          </span>
          {query.hasNextPage && (
            <Button loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
              {t('list.more')}
            </Button>
          )}
        </footer>
      )}
    </section>
  );
}

const keepSort = (search: Record<string, string | undefined>) => ({ sort: search.sort });

function Nothing(props: { filtered: boolean; empty: ListPageProps<never>['empty'] }) {
  const { filtered, empty } = props;
  if (filtered) {
    return <StateView icon="search" title={t('list.no_match')} hint={t('list.no_match_hint')} />;
  }
  return (
    <StateView
      icon="empty"
      title={empty?.title ?? t('list.empty')}
      hint={empty?.hint}
      actions={empty?.action}
    />
  );
}
