import { BarChart, LineChart, PieChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { isCalm } from '../theme';
import type { ChartSeries } from './Chart';

echarts.use([
  BarChart,
  LineChart,
  PieChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  CanvasRenderer,
]);

interface Drawing {
  kind: 'bar' | 'line' | 'pie';
  labels: readonly string[];
  series: readonly ChartSeries[];
  format?: (value: number) => string;
  lying?: boolean;
  stacked?: boolean;
  onPick?: (index: number, series: number) => void;
}

// Distinct in lightness as well as in hue, so that they stay apart in grey print.
const LIGHT = ['#0b6380', '#e0a03c', '#7aa95c', '#9a5b8f', '#c8553d', '#8a989e'];
const DARK = ['#62b6d2', '#f0b35a', '#9ccb7d', '#c48bba', '#ff8a70', '#9fb0b6'];

/** Draws into `element` and follows its size; returns what takes it away again. */
export function draw(element: HTMLElement, drawing: Drawing, dark: boolean): () => void {
  const { kind, labels, series, format = String, lying, stacked } = drawing;
  const css = getComputedStyle(document.documentElement);
  const ink = css.getPropertyValue('--text-2').trim();
  const line = css.getPropertyValue('--line').trim();
  const chart = echarts.init(element, null, { renderer: 'canvas' });
  const names = {
    type: 'category' as const,
    data: [...labels],
    axisLabel: { color: ink, hideOverlap: true },
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    inverse: lying,
  };
  const whole = series.every((one) => one.values.every((value) => Number.isInteger(value ?? 0)));
  const values = {
    type: 'value' as const,
    ...(whole && { minInterval: 1 }),
    axisLabel: { color: ink, hideOverlap: true, formatter: (value: number) => format(value) },
    splitLine: { lineStyle: { color: line } },
  };
  chart.setOption({
    color: dark ? DARK : LIGHT,
    animation: !isCalm(),
    animationDuration: 300,
    textStyle: { fontFamily: getComputedStyle(element).fontFamily, color: ink },
    tooltip: {
      trigger: kind === 'pie' ? 'item' : 'axis',
      valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '—'),
      backgroundColor: css.getPropertyValue('--raised').trim(),
      borderColor: line,
      textStyle: { color: css.getPropertyValue('--text').trim() },
    },
    legend:
      kind === 'pie' || series.length > 1
        ? { bottom: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 8, textStyle: { color: ink } }
        : undefined,
    ...(kind === 'pie'
      ? {}
      : {
          grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
          xAxis: lying ? values : names,
          yAxis: lying ? names : values,
        }),
    series:
      kind === 'pie'
        ? [
            {
              type: 'pie',
              radius: ['48%', '70%'],
              center: ['50%', '44%'],
              label: { color: ink },
              data: labels.map((name, i) => ({ name, value: series[0]?.values[i] ?? 0 })),
            },
          ]
        : series.map((one) => ({
            name: one.name,
            type: one.target ? 'line' : (one.kind ?? kind),
            data: [...one.values],
            stack: stacked && !one.target ? 'all' : undefined,
            barMaxWidth: 28,
            symbolSize: one.target ? 0 : 6,
            lineStyle: one.target ? { type: 'dashed', width: 1.5 } : { width: 2.5 },
            itemStyle: { borderRadius: stacked ? 0 : lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
          })),
  });
  if (drawing.onPick) {
    chart.on('click', (event) => drawing.onPick?.(event.dataIndex, event.seriesIndex ?? 0));
  }
  /** The names below take as many lines as the width asks for, and the plot makes room. */
  const arrange = () => {
    chart.resize();
    if (kind === 'pie' || series.length < 2) return;
    const lines = legendLines(series, chart.getWidth());
    chart.setOption({ grid: { bottom: 14 + lines * 22 } });
  };
  arrange();
  const watch = new ResizeObserver(arrange);
  watch.observe(element);
  return () => {
    watch.disconnect();
    chart.dispose();
  };
}

/** Lines that the names take side by side, each with its mark and a gap. */
function legendLines(series: readonly ChartSeries[], width: number): number {
  const pen = document.createElement('canvas').getContext('2d');
  if (pen) pen.font = '12px sans-serif';
  let lines = 1;
  let at = 0;
  for (const { name } of series) {
    const wide = (pen?.measureText(name).width ?? name.length * 12) + 30;
    if (at > 0 && at + wide > width - 20) {
      lines += 1;
      at = 0;
    }
    at += wide;
  }
  return lines;
}
