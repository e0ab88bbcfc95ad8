import type { ReactNode } from 'react';
import type { Tone } from '../text';
import './board.css';

export interface BoardCell {
  key: string;
  /** The word: colour never speaks alone. */
  text: ReactNode;
  tone?: Tone;
  title?: string;
  onClick?: () => void;
}

interface BoardProps<Row, Column> {
  /** What rows and columns are, for those who hear the table. */
  caption: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Person or post, with what belongs to it. */
  rowHead: (row: Row) => ReactNode;
  columns: readonly Column[];
  columnKey: (column: Column) => string;
  columnHead: (column: Column) => ReactNode;
  /** The column of today. */
  isNow?: (column: Column) => boolean;
  /** Columns of days off: greyed, their head says why. */
  isOff?: (column: Column) => boolean;
  cells: (row: Row, column: Column) => readonly BoardCell[];
}

/** People or posts down, days across: shifts, duties, loads. Give the late rows first. */
export function Board<Row, Column>(props: BoardProps<Row, Column>) {
  const { rows, columns, rowKey, columnKey } = props;
  const look = (column: Column) =>
    props.isNow?.(column) ? 'now' : props.isOff?.(column) ? 'off' : undefined;
  return (
    <div className="board">
      <table>
        <caption className="sr-only">{props.caption}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={columnKey(column)} scope="col" className={look(column)}>
                {props.columnHead(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              <th scope="row">{props.rowHead(row)}</th>
              {columns.map((column) => (
                <td key={columnKey(column)} className={look(column)}>
                  {props.cells(row, column).map((cell) => (
                    <Cell key={cell.key} cell={cell} />
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell }: { cell: BoardCell }) {
  const className = `board-cell pill-${cell.tone ?? 'plain'}`;
  return cell.onClick ? (
    <button type="button" className={className} title={cell.title} onClick={cell.onClick}>
      {cell.text}
    </button>
  ) : (
    <span className={className} title={cell.title}>
      {cell.text}
    </span>
  );
}
