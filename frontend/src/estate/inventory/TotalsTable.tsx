import { useState } from 'react';
import { t } from '@/locales/estate';
import { Anchor } from '@/ui/Anchor';
import { formatCount, metres, squareMetres } from '@/ui/format';
import { useNarrow } from '@/ui/hooks';
import { type CountedKind, rowsHref, type Sum, type Table } from './totals';
import '@/ui/tabs.css';

interface Props {
  table: Table;
  /** On paper: plain figures, all areas beside each other. */
  paper?: boolean;
}

/** Totals by kind and area. A phone shows one area at a time, chosen above the figures. */
export function TotalsTable({ table, paper = false }: Props) {
  const narrow = useNarrow() && !paper;
  const [chosen, setChosen] = useState(-1);
  const { areas, rows } = table;
  const several = areas.length > 1;
  const columns = narrow ? (chosen < 0 ? [] : [chosen]) : several ? areas.map((_, i) => i) : [];
  const withAll = !narrow || chosen < 0;
  const nameOf = (i: number) => areas[i]?.name ?? t('area.none');
  return (
    <>
      {narrow && several && (
        <div className="tabs">
          {[-1, ...areas.map((_, i) => i)].map((i) => (
            <button
              key={i}
              type="button"
              className="tab"
              aria-pressed={i === chosen}
              onClick={() => setChosen(i)}
            >
              {i < 0 ? t('total.all') : nameOf(i)}
            </button>
          ))}
        </div>
      )}
      <div className={columns.length < 2 && !paper ? 'es-table few' : 'es-table'}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('total.kind')}</th>
              {columns.map((i) => (
                <th key={areas[i]?.id ?? 'none'} scope="col" className="num">
                  {nameOf(i)}
                </th>
              ))}
              {withAll && (
                <th scope="col" className="num">
                  {areas.length === 1 && areas[0]?.id ? nameOf(0) : t('total.all')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.kind}>
                <th scope="row">{t.code('counted', row.kind)}</th>
                {columns.map((i) => (
                  <Figure
                    key={areas[i]?.id ?? 'none'}
                    kind={row.kind}
                    sum={row.cells[i] ?? null}
                    area={areas[i]?.id ?? null}
                    paper={paper}
                  />
                ))}
                {withAll && (
                  <Figure
                    kind={row.kind}
                    sum={row.all}
                    area={areas.length === 1 ? (areas[0]?.id ?? undefined) : undefined}
                    paper={paper}
                  />
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

interface FigureProps {
  kind: CountedKind;
  sum: Sum | null;
  area: string | null | undefined;
  paper: boolean;
}

/** How many and how large; a figure leads to its rows. */
function Figure({ kind, sum, area, paper }: FigureProps) {
  if (!sum) return <td className="num muted">—</td>;
  const href = paper ? undefined : rowsHref(kind, area);
  const count = formatCount(sum.count);
  const size = [
    sum.length_milli > 0 && metres(sum.length_milli),
    sum.area_milli > 0 && squareMetres(sum.area_milli),
  ].filter(Boolean);
  return (
    <td className="num">
      {href ? <Anchor href={href}>{count}</Anchor> : <b>{count}</b>}
      {size.length > 0 && <small className="muted">{size.join(' · ')}</small>}
    </td>
  );
}
