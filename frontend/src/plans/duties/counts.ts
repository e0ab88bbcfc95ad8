import type { Schema } from '@/api/client';
import { addDays, instantAt } from '@/ui/format';
import type { Tone } from '@/ui/text';

export type Counts = Schema<'BoardCell'>;
export type Row = Schema<'BoardRow'>;
export type Count = keyof Counts;

interface Said {
  tone: Tone;
  /** The conditions under which the list shows the same duties. */
  where: Record<string, string>;
}

/** What a board counts, late first, as it is said and as the list finds it. */
const COUNTS: Record<Count, Said> = {
  late: { tone: 'late', where: { late: 'true' } },
  missed: { tone: 'late', where: { status: 'confirmed_missed' } },
  open: { tone: 'accent', where: { status: 'open', late: 'false' } },
  done_late: { tone: 'warn', where: { status: 'done_late' } },
  done: { tone: 'ok', where: { status: 'done_on_time' } },
  waived: { tone: 'plain', where: { status: 'waived' } },
};
const ORDER = Object.keys(COUNTS) as Count[];

/** What there is of a cell, late first. */
export const counted = (cell: Counts) =>
  ORDER.filter((count) => cell[count] > 0).map((count) => ({
    count,
    n: cell[count],
    tone: COUNTS[count].tone,
  }));

/** Several cells together. */
export const summed = (cells: readonly Counts[]): Counts =>
  Object.fromEntries(
    ORDER.map((count) => [count, cells.reduce((sum, cell) => sum + cell[count], 0)]),
  ) as unknown as Counts;

interface Which {
  count: Count;
  /** The first and the last day. */
  from: string;
  until: string;
  /** Whose; everybody's without it. */
  row?: Pick<Row, 'post' | 'employee_id'>;
  /** Named only where the person works in several. */
  estate?: string;
}

/** The list of just those duties that a cell counts. */
export function listOf({ count, from, until, row, estate }: Which): string {
  const conditions = new URLSearchParams({
    sort: 'due_at',
    due_from: instantAt(from),
    due_until: instantAt(addDays(until, 1)),
    ...COUNTS[count].where,
    ...(row && { post: row.post }),
    ...(row?.employee_id && { employee_id: row.employee_id }),
    ...(estate && { estate_id: estate }),
  });
  return `/duties/list?${conditions}`;
}
