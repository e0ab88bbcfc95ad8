import { Checkbox } from 'antd';
import {
  type MouseEvent,
  type RefObject,
  startTransition,
  useEffect,
  useRef,
  useState,
} from 'react';
import { t } from '@/locales/ui';
import type { ListColumn } from './types';

/** As many rows as a screen shows. */
const IN_SIGHT = 20;

interface RowsProps<Item> {
  items: readonly Item[];
  /** The rows were at hand when the page was entered: all are there at once, for the way back to where one was. */
  atHand: boolean;
  columns: readonly ListColumn<Item>[];
  rowKey: (item: Item) => string;
  /** Index of the row the keyboard stands on; -1: none yet. */
  active: number;
  onActive: (index: number) => void;
  onOpen?: (item: Item) => void;
  rowTone?: (item: Item) => 'late' | 'warn' | undefined;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  /** Keys of the ticked rows; undefined: rows cannot be ticked. */
  chosen?: readonly string[];
  onChosen?: (keys: string[]) => void;
}

/**
 * The rows of a list at desk width. A plain table instead of antd's, which is 75 kB (gzip) of
 * paging, trees and filters that lists here do by other means; it is most of the first-page budget.
 */
export function Rows<Item>(props: RowsProps<Item>) {
  const { items, columns, rowKey, active, onOpen, chosen, onChosen } = props;
  const all = chosen && chosen.length === items.length;
  const box = useRef<HTMLDivElement>(null);
  const fits = useFits(box);
  // Of rows that have just come, those in sight are shown first, and the rest when the browser has time.
  const [whole, setWhole] = useState(props.atHand);
  useEffect(() => startTransition(() => setWhole(true)), []);

  function tick(key: string) {
    if (!chosen) return;
    onChosen?.(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  }
  function click(event: MouseEvent<HTMLElement>, item: Item) {
    const inner = (event.target as HTMLElement).closest('a, button, label, input, td.tick');
    const marking = window.getSelection()?.toString();
    if (!inner && !marking) onOpen?.(item);
  }

  return (
    <div ref={box} className={fits ? 'rows-box fits' : 'rows-box'}>
      <table className="rows">
        <thead>
          <tr>
            {chosen && (
              <th className="tick">
                <Checkbox
                  aria-label={t('list.select_all')}
                  checked={all}
                  indeterminate={chosen.length > 0 && !all}
                  onChange={() => onChosen?.(all ? [] : items.map(rowKey))}
                />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {(whole ? items : items.slice(0, IN_SIGHT)).map((item, index) => {
            const key = rowKey(item);
            const tone = props.rowTone?.(item);
            return (
              <tr
                key={key}
                data-row={index}
                tabIndex={index === Math.max(active, 0) ? 0 : -1}
                className={[onOpen && 'opens', tone && `tone-${tone}`].filter(Boolean).join(' ')}
                onFocus={() => props.onActive(index)}
                onClick={(event) => click(event, item)}
              >
                {chosen && (
                  <td className="tick">
                    <Checkbox
                      aria-label={t('list.select_row', { n: index + 1 })}
                      checked={chosen.includes(key)}
                      onChange={() => tick(key)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} className={cellClass(column)}>
                    {column.render(item)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const cellClass = (column: { align?: 'right'; wrap?: boolean }) =>
  column.align === 'right' ? 'num' : column.wrap ? 'wrap' : undefined;

/**
 * Whether the table is no wider than its place. Then its head can stay in sight while the page
 * scrolls; a box that scrolls sideways would hold the head back.
 */
function useFits(box: RefObject<HTMLDivElement | null>): boolean {
  const [fits, setFits] = useState(true);
  useEffect(() => {
    const element = box.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const table = element.firstElementChild as HTMLElement;
    const watch = new ResizeObserver(() => setFits(table.offsetWidth <= element.clientWidth));
    watch.observe(element);
    watch.observe(table);
    return () => watch.disconnect();
  }, [box]);
  return fits;
}

interface HeadProps<Item> {
  column: ListColumn<Item>;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
}

/** A column's title; sortable ones go round: up, down, as the server orders. */
function Head<Item>({ column, sort, onSort }: HeadProps<Item>) {
  const style = column.width ? { width: column.width } : undefined;
  const className = cellClass(column);
  if (!column.sort) {
    return (
      <th scope="col" style={style} className={className}>
        {column.title}
      </th>
    );
  }
  const by = column.sort;
  const up = sort === by;
  const down = sort === `-${by}`;
  return (
    <th
      scope="col"
      style={style}
      className={className}
      aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}
    >
      <button
        type="button"
        aria-label={t('list.sort_by', { column: column.title })}
        onClick={() => onSort(up ? `-${by}` : down ? undefined : by)}
      >
        {column.title}
        <span aria-hidden="true" className={up || down ? 'sort on' : 'sort'}>
          {up ? '▲' : down ? '▼' : '↕'}
        </span>
      </button>
    </th>
  );
}
