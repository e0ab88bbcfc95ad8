import { formatCount } from './format';
import { Table } from './list';
import { Section } from './record';

/** What the figures are of: a person, a post, a month. */
export interface FigureRow<Figures> {
  key: string;
  name: string;
  figures: Figures;
}

export interface FigureColumn<Figures> {
  key: string;
  title: string;
  /** As one reads it. */
  render: (of: Figures) => string;
}

interface FigureTableProps<Figures> {
  title: string;
  /** The head of the first column. */
  named: string;
  rows: readonly FigureRow<Figures>[];
  /** The first one is what a card shows beside the name. */
  columns: readonly FigureColumn<Figures>[];
}

/** The same figures for each of many. */
export function FigureTable<Figures>({ title, named, rows, columns }: FigureTableProps<Figures>) {
  return (
    <Section title={title}>
      <Table<FigureRow<Figures>>
        items={rows}
        rowKey={(row) => row.key}
        columns={[
          { key: 'name', title: named, render: (row) => row.name, card: 'title' },
          ...columns.map((column, i) => ({
            key: column.key,
            title: column.title,
            render: (row: FigureRow<Figures>) => column.render(row.figures),
            align: 'right' as const,
            card: i === 0 ? ('side' as const) : undefined,
          })),
        ]}
      />
    </Section>
  );
}

/** Columns of the counts that stand in the figures under these keys. */
export const countsOf = <Key extends string>(
  keys: readonly Key[],
  title: (key: Key) => string,
): FigureColumn<Record<Key, number>>[] =>
  keys.map((key) => ({ key, title: title(key), render: (of) => formatCount(of[key]) }));

/** One row for each month. */
export const monthRows = <Figures,>(
  months: readonly { month: string; figures: Figures }[],
): FigureRow<Figures>[] =>
  months.map(({ month, figures }) => ({ key: month, name: month, figures }));
