import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { Chart } from '@/ui/chart/Chart';
import { Figure, Figures } from '@/ui/Figures';
import { formatCount } from '@/ui/format';
import { type ListColumn, Table } from '@/ui/list';
import { PeriodPage } from '@/ui/PeriodPage';
import { Section } from '@/ui/record';

type Orders = Schema<'OrderFigures'>;
const RATIOS = ['on_time_response', 'on_time_finish', 'first_time_fix', 'satisfaction'] as const;

/** How well repairs go: in time, right the first time, to the residents' content, evenly shared. */
export function RepairStatisticsPage() {
  const people = usePeople();
  return (
    <PeriodPage<{ figures: Schema<'OrderStatistics'> }>
      title={nav('nav.repair_statistics')}
      name={['service_desk', 'order-statistics']}
      kinds={['work_order', 'visit']}
      fetch={(query, signal) =>
        ok(api.GET('/api/v1/work-orders/statistics', { params: { query }, signal }))
      }
      isEmpty={({ figures }) => figures.all.orders === 0}
      none={{ title: t('repair_statistics.none'), hint: t('period.other_hint') }}
    >
      {({ figures }) => <Loaded of={figures} people={people} />}
    </PeriodPage>
  );
}

/** Names of the technicians, also of those who have left the post. */
function usePeople(): Map<string, string> {
  const found = useQuery({
    queryKey: ['service_desk', 'people'],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/employees', { params: { query: { limit: 200 } }, signal })),
    meta: { kinds: ['employee'] },
  });
  return new Map(found.data?.items.map((one) => [one.id, one.name]));
}

function Loaded({ of, people }: { of: Schema<'OrderStatistics'>; people: Map<string, string> }) {
  const { all, spread } = of;
  const technicians = [...of.technicians].sort((a, b) => b.minutes - a.minutes);
  return (
    <>
      <Figures>
        <Figure label={t('repair_statistics.orders')}>{formatCount(all.orders)}</Figure>
        <Figure label={t('repair_statistics.cancelled')}>{formatCount(all.cancelled)}</Figure>
        {RATIOS.map((key) => (
          <Figure key={key} label={t.code('ratio', key)} hint={outOf(all[key])}>
            {percent(all[key])}
          </Figure>
        ))}
        {spread && (
          <Figure
            label={t('repair_statistics.spread')}
            hint={t('repair_statistics.spread_hint', {
              min: formatCount(spread.min_minutes),
              max: formatCount(spread.max_minutes),
            })}
          >
            {t('order.minutes_n', { n: formatCount(spread.spread_minutes) })}
          </Figure>
        )}
      </Figures>
      <Section title={t('repair_statistics.by_category')}>
        <Chart
          title={t('repair_statistics.in_time_by_category')}
          kind="bar"
          labels={of.categories.map((one) => t.code('category', one.category))}
          series={(['on_time_response', 'on_time_finish'] as const).map((key) => ({
            name: t.code('ratio', key),
            values: of.categories.map((one) => one.figures[key].percent ?? null),
          }))}
          format={(value) => `${value}%`}
        />
        <RatioTable
          head={t('category')}
          rows={of.categories.map((one) => ({
            key: one.category,
            name: t.code('category', one.category),
            href: `/work-orders?category=${one.category}`,
            figures: one.figures,
          }))}
        />
      </Section>
      <Section title={t('repair_statistics.by_technician')}>
        <Chart
          title={t('repair_statistics.minutes_by_technician')}
          kind="bar"
          lying
          height={Math.max(160, technicians.length * 44)}
          labels={technicians.map((one) => people.get(one.technician_id) ?? '—')}
          series={[{ name: t('order.minutes'), values: technicians.map((one) => one.minutes) }]}
          format={(n) => t('order.minutes_n', { n: formatCount(n) })}
        />
        <RatioTable
          head={t('orders.technician')}
          rows={technicians.map((one) => ({
            key: one.technician_id,
            name: people.get(one.technician_id) ?? '—',
            href: `/work-orders?technician_id=${one.technician_id}`,
            figures: one.figures,
          }))}
        />
      </Section>
    </>
  );
}

interface Row {
  key: string;
  name: string;
  href: string;
  figures: Orders;
}

function RatioTable({ head, rows }: { head: string; rows: readonly Row[] }) {
  const columns: ListColumn<Row>[] = [
    {
      key: 'name',
      title: head,
      render: (row) => <Anchor href={row.href}>{row.name}</Anchor>,
      card: 'title',
    },
    {
      key: 'orders',
      title: t('repair_statistics.orders'),
      render: (row) => formatCount(row.figures.orders),
      align: 'right',
    },
    ...RATIOS.map((key) => ({
      key,
      title: t.code('ratio', key),
      render: (row: Row) => (
        <span title={outOf(row.figures[key])}>{percent(row.figures[key])}</span>
      ),
      align: 'right' as const,
    })),
  ];
  return <Table items={rows} columns={columns} rowKey={(row) => row.key} />;
}

const percent = ({ percent }: Schema<'OrderRatio'>) =>
  percent === null || percent === undefined ? '—' : `${percent.toFixed(1)}%`;
const outOf = ({ numerator, denominator }: Schema<'OrderRatio'>) =>
  `${formatCount(numerator)} / ${formatCount(denominator)}`;
