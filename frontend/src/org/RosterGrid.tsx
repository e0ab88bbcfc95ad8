import { type KeyboardEvent, useRef } from 'react';
import type { Schema } from '@/api/client';
import { t } from '@/locales/org';
import { formatDate, labelled, listed, today } from '@/ui/format';
import { usePostTitle } from './lookups';
import type { Absence, Brush, Person, RosterLine, Shift } from './RosterPage';
import { shortDay, touches } from './week';
import '@/ui/board/board.css';

interface RosterGridProps {
  days: readonly string[];
  people: readonly Person[];
  shifts: readonly Shift[];
  entries: readonly RosterLine[];
  absences: readonly Absence[];
  brush: Brush;
  setBrush: (brush: Brush) => void;
  /** None: the roster is only read. */
  paint: ((cells: Schema<'RosterCell'>[]) => Promise<void>) | undefined;
}

/** Tints of shifts, by their place in the list; each cell says its shift in words too. */
const TINTS = ['ok', 'accent', 'warn', 'plain'] as const;

/**
 * People down, days across. One cell is in the tab order; arrows walk, Enter or Space paints with
 * the chosen brush, 1 to 9 and 0 choose and paint at once.
 */
export function RosterGrid(props: RosterGridProps) {
  const { days, people, shifts, entries, absences, brush, paint } = props;
  const title = usePostTitle();
  const table = useRef<HTMLTableElement>(null);
  const usable = shifts.filter((shift) => shift.active);

  const at = (row: number, column: number) =>
    table.current?.querySelector<HTMLButtonElement>(`[data-cell="${row}-${column}"]`);
  const put = (person: Person, date: string, what: string) =>
    paint?.([{ employee_id: person.id, on_date: date, shift_id: what === 'off' ? null : what }]);

  function onKeyDown(event: KeyboardEvent, row: number, column: number) {
    const person = people[row];
    const date = days[column];
    if (!person || !date || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const move = moves[event.key];
    if (move) at(row + move[0], column + move[1])?.focus();
    else if (/^[0-9]$/.test(event.key) && paint) {
      const what = event.key === '0' ? 'off' : usable[Number(event.key) - 1]?.id;
      if (!what) return;
      props.setBrush(what);
      void put(person, date, what);
      at(row, column + 1)?.focus();
    } else return;
    event.preventDefault();
  }

  return (
    <div className="board roster">
      <table ref={table}>
        <caption className="sr-only">{t('roster.title')}</caption>
        <thead>
          <tr>
            <td />
            {days.map((date) => (
              <th key={date} scope="col" className={date === today() ? 'now' : undefined}>
                {shortDay(date)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person, row) => (
            <tr key={person.id}>
              <th scope="row">
                {person.name}
                <small className="muted">{title(person.post)}</small>
              </th>
              {days.map((date, column) => {
                const line = entries.find(
                  (one) => one.employee_id === person.id && one.on_date === date,
                );
                const away = absences.find(
                  (one) =>
                    one.employee_id === person.id && touches(date, one.starts_at, one.ends_at),
                );
                return (
                  <td key={date} className={date === today() ? 'now' : undefined}>
                    <Cell
                      line={line}
                      away={away}
                      tint={
                        TINTS[shifts.findIndex((one) => one.id === line?.shift_id) % 4] ?? 'plain'
                      }
                      label={`${person.name} ${formatDate(date)}`}
                      place={`${row}-${column}`}
                      first={row === 0 && column === 0}
                      onKeyDown={(event) => onKeyDown(event, row, column)}
                      onClick={paint && brush ? () => void put(person, date, brush) : undefined}
                      still={!paint}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  line: RosterLine | undefined;
  away: Absence | undefined;
  tint: string;
  label: string;
  place: string;
  first: boolean;
  still: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
  onClick: (() => void) | undefined;
}

function Cell(props: CellProps) {
  const { line, away, tint, label, place, first, still } = props;
  const words = [
    line?.shift_name,
    away &&
      `${t.code('absence.kind', away.kind)}${away.state === 'planned' ? t('absence.asked') : ''}`,
  ].filter((word) => word !== undefined);
  const content = (
    <>
      {line && <span className={`roster-shift pill-${tint}`}>{line.shift_name}</span>}
      {away && (
        <span className="roster-shift pill-late">
          {t.code('absence.kind', away.kind)}
          {away.state === 'planned' && t('absence.asked')}
        </span>
      )}
    </>
  );
  if (still) return <div className="roster-cell">{content}</div>;
  return (
    <button
      type="button"
      className="roster-cell"
      data-cell={place}
      tabIndex={first ? 0 : -1}
      aria-label={`${labelled(label)}${listed(words) || t('roster.off')}`}
      onKeyDown={props.onKeyDown}
      onClick={props.onClick}
    >
      {content}
    </button>
  );
}
