import { Anchor } from '../Anchor';
import type { ListColumn } from './types';

interface CardsProps<Item> {
  items: Item[];
  columns: ListColumn<Item>[];
  rowKey: (item: Item) => string;
  href?: (item: Item) => string;
  onOpen?: (item: Item) => void;
  rowTone?: (item: Item) => 'late' | 'warn' | undefined;
}

/** The rows of a list at phone width: title and side on top, the rest as label and value. */
export function Cards<Item>({ items, columns, rowKey, href, onOpen, rowTone }: CardsProps<Item>) {
  const title = columns.find((column) => column.card === 'title') ?? columns[0];
  const side = columns.filter((column) => column.card === 'side');
  const lines = columns.filter((column) => column !== title && !side.includes(column));
  return (
    <ul className="list-cards">
      {items.map((item, index) => {
        const tone = rowTone?.(item);
        const head = (
          <>
            <b>{title?.render(item)}</b>
            {side.map((column) => (
              <span key={column.key}>{column.render(item)}</span>
            ))}
          </>
        );
        return (
          <li key={rowKey(item)} className={tone ? `tone-${tone}` : undefined}>
            {href ? (
              <Anchor data-row={index} className="list-card-head" href={href(item)}>
                {head}
              </Anchor>
            ) : onOpen ? (
              <button
                type="button"
                data-row={index}
                className="list-card-head"
                onClick={() => onOpen(item)}
              >
                {head}
              </button>
            ) : (
              <div className="list-card-head">{head}</div>
            )}
            <dl>
              {lines.map((column) => (
                <div key={column.key}>
                  <dt>{column.title}</dt>
                  <dd className={column.align === 'right' ? 'num' : undefined}>
                    {column.render(item)}
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        );
      })}
    </ul>
  );
}
