import type { ReactNode } from 'react';
import { useNarrow } from '../hooks';
import { Cards } from './Cards';
import type { ListColumn } from './types';
import './list.css';

interface TableProps<Item> {
  items: readonly Item[];
  columns: readonly ListColumn<Item>[];
  rowKey: (item: Item) => string;
  /** On paper it stays a table. */
  paper?: boolean;
}

/** A few rows that are there as a whole, on the page of something else; cards on a phone. */
export function Table<Item>({ items, columns, rowKey, paper }: TableProps<Item>) {
  const narrow = useNarrow();
  if (narrow && !paper) {
    return <Cards items={[...items]} columns={[...columns]} rowKey={rowKey} />;
  }
  const named = columns[0]?.card === 'title' ? columns[0] : undefined;
  const cell = (column: ListColumn<Item>, item: Item): ReactNode =>
    column === named ? (
      <th key={column.key} scope="row">
        {column.render(item)}
      </th>
    ) : (
      <td key={column.key} className={classOf(column)}>
        {column.render(item)}
      </td>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard where it is wider than its place
    <div className="plain-box" tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            {columns.map((column) =>
              column.title ? (
                <th key={column.key} className={classOf(column)}>
                  {column.title}
                </th>
              ) : (
                <td key={column.key} />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={rowKey(item)}>{columns.map((column) => cell(column, item))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const classOf = <Item,>(column: ListColumn<Item>) =>
  column.align === 'right' ? 'num' : column.wrap ? 'wrap' : undefined;
