import { useRouter } from '@tanstack/react-router';
import type { Schema } from '@/api/client';
import { t } from '@/locales/plans';
import { usePostTitle } from '@/org/lookups';
import { shortDay } from '@/org/week';
import { Anchor } from '@/ui/Anchor';
import { Board } from '@/ui/board/Board';
import { formatCount, today } from '@/ui/format';
import { useNarrow } from '@/ui/hooks';
import { Pill } from '@/ui/text';
import { type Counts, counted, listOf, type Row, summed } from './counts';
import { useWhose } from './Whose';

/** A row of people or posts, or the sum of all. */
interface Line {
  key: string;
  row?: Row;
  who: string;
  days: readonly Counts[];
  sum: Counts;
}

/** A day, or the whole week. */
interface Column {
  key: string;
  day?: Schema<'BoardDay'>;
  /** In words, for those who hear the table. */
  when: string;
  from: string;
  until: string;
  of: (line: Line) => Counts | undefined;
}

interface DutyWeekProps {
  board: Schema<'DutyBoard'>;
  /** Named in the links only where the person works in several. */
  estate?: string;
}

/** Counts in colour and word, each leading to just those duties; cards on a phone. */
export function DutyWeek({ board, estate }: DutyWeekProps) {
  const router = useRouter();
  const narrow = useNarrow();
  const title = usePostTitle();
  const whose = useWhose();
  const lines: Line[] = board.rows.map((row) => ({
    key: row.assignment_id ?? row.post,
    row,
    who: whose(row),
    days: row.days,
    sum: row.sum,
  }));
  const all: Line = {
    key: 'all',
    who: t('board.all'),
    days: board.days.map((_, i) => summed(board.rows.flatMap((row) => row.days[i] ?? []))),
    sum: summed(board.rows.map((row) => row.sum)),
  };
  const columns = columnsOf(board.days);
  const cells = (line: Line, column: Column) =>
    counted(column.of(line) ?? summed([])).map(({ count, n, tone }) => {
      const word = t.code('count', count);
      const { from, until, when } = column;
      return {
        key: count,
        text: `${word} ${formatCount(n)}`,
        tone,
        title: t('board.to_list', { who: line.who, when, word, n }),
        href: listOf({
          count,
          from,
          until,
          ...(line.row && { row: line.row }),
          ...(estate && { estate }),
        }),
      };
    });

  if (narrow) {
    const week = columns.at(-1);
    return (
      <ul className="list-cards duty-cards">
        {[all, ...lines].map((line) => (
          <li key={line.key} className={line.sum.late > 0 ? 'tone-late' : undefined}>
            <div className="list-card-head">
              <b>{line.who}</b>
              {line.row?.employee_name && <span className="muted">{title(line.row.post)}</span>}
            </div>
            <p className="duty-counts">
              {week &&
                cells(line, week).map((cell) => (
                  <Anchor key={cell.key} href={cell.href} title={cell.title}>
                    <Pill tone={cell.tone}>{cell.text}</Pill>
                  </Anchor>
                ))}
            </p>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Board<Line, Column>
      caption={t('nav.board')}
      rows={[...lines, all]}
      rowKey={(line) => line.key}
      rowHead={(line) => (
        <>
          {line.who}
          {line.row?.employee_name && <small className="muted">{title(line.row.post)}</small>}
        </>
      )}
      columns={columns}
      columnKey={(column) => column.key}
      columnHead={(column) => (
        <>
          {column.day ? shortDay(column.day.date) : t('board.sum')}
          {column.day && column.day.kind !== 'workday' && (
            <small className="muted">{t.code('day', column.day.kind)}</small>
          )}
        </>
      )}
      isNow={(column) => column.day?.date === today()}
      isOff={(column) => column.day?.kind === 'holiday' || column.day?.kind === 'weekend'}
      cells={(line, column) =>
        cells(line, column).map(({ href, ...cell }) => ({
          ...cell,
          onClick: () => router.history.push(href),
        }))
      }
    />
  );
}

/** Monday to Sunday, and the week as a whole. */
function columnsOf(days: readonly Schema<'BoardDay'>[]): Column[] {
  return [
    ...days.map((day, i) => ({
      key: day.date,
      day,
      when: shortDay(day.date),
      from: day.date,
      until: day.date,
      of: (line: Line) => line.days[i],
    })),
    {
      key: 'sum',
      when: t('board.sum'),
      from: days[0]?.date ?? '',
      until: days.at(-1)?.date ?? '',
      of: (line: Line) => line.sum,
    },
  ];
}
