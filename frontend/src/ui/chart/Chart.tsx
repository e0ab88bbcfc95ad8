import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { t } from '@/locales/ui';
import { Skeleton, StateView } from '../StateView';
import { useStore } from '../store';
import { darkStore } from '../theme';
import './chart.css';

export interface ChartSeries {
  name: string;
  values: readonly (number | null)[];
  /** Default: the kind of the chart. */
  kind?: 'bar' | 'line';
  /** A target is drawn as a dashed line. */
  target?: boolean;
}

interface ChartProps {
  /** Says what is seen, for those who cannot see it, and heads the chart. */
  title: string;
  /** The heading above says it already. */
  untitled?: boolean;
  kind: 'bar' | 'line' | 'pie';
  /** Names along the axis (or of the slices). */
  labels: readonly string[];
  series: readonly ChartSeries[];
  format?: (value: number) => string;
  height?: number;
  /** Bars lie, for long names. */
  lying?: boolean;
  stacked?: boolean;
  onPick?: (index: number, series: number) => void;
}

/** A chart with its figures one click away. ECharts is loaded only where a chart is shown. */
export function Chart(props: ChartProps) {
  const { title, labels, series, format = String, height = 260 } = props;
  const dark = useStore(darkStore);
  const place = useRef<HTMLDivElement>(null);
  const [table, setTable] = useState(false);
  const [ready, setReady] = useState(false);
  const latest = useRef(props);
  latest.current = props;
  const content = JSON.stringify([props.kind, labels, series, props.lying, props.stacked]);
  const empty = labels.length === 0 || series.every((one) => one.values.length === 0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `content` stands for the data
  useEffect(() => {
    const element = place.current;
    if (!element || table || empty) return;
    let gone = false;
    let stop = () => {};
    import('./draw').then(({ draw }) => {
      if (gone) return;
      stop = draw(element, latest.current, dark);
      setReady(true);
    });
    return () => {
      gone = true;
      stop();
    };
  }, [content, dark, table, empty]);

  if (empty) return <StateView icon="empty" title={t('chart.empty')} />;
  return (
    <figure className="chart">
      <figcaption>
        <span className={props.untitled ? 'sr-only' : undefined}>{title}</span>
        <Button type="link" size="small" onClick={() => setTable(!table)}>
          {table ? t('chart.as_chart') : t('chart.as_table')}
        </Button>
      </figcaption>
      {table ? (
        <table style={{ minHeight: height }}>
          <thead>
            <tr>
              <th />
              {series.map((one) => (
                <th key={one.name} scope="col">
                  {one.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((label, i) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {series.map((one) => {
                  const value = one.values[i];
                  return (
                    <td key={one.name} className="num">
                      {value === null || value === undefined ? '—' : format(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <div style={{ position: 'relative', height }}>
          {!ready && <Skeleton lines={4} />}
          <div
            ref={place}
            role="img"
            aria-label={title}
            style={{ position: 'absolute', inset: 0 }}
          />
        </div>
      )}
    </figure>
  );
}
