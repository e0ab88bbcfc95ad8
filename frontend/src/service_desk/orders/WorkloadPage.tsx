import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { Chart } from '@/ui/chart/Chart';
import { Native } from '@/ui/form/Native';
import { dateOf, formatDate, listed } from '@/ui/format';
import { ExportButton, type ListColumn, Table } from '@/ui/list';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { Pill } from '@/ui/text';
import { useEstates } from '../words';

/** Who has how much in hand and this week: the measure by which dispatch is kept even. */
export function WorkloadPage() {
  const estates = useEstates();
  const [estate, setEstate] = useState(estates[0]?.value ?? '');
  const found = useQuery({
    queryKey: ['service_desk', 'workload', estate],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/workload', {
          params: { query: estate ? { estate_id: estate } : {} },
          signal,
        }),
      ),
    meta: { kinds: ['work_order', 'roster_entry'] },
  });
  return (
    <section>
      <header className="sd-head">
        <h1>{nav('nav.workload')}</h1>
        {estates.length > 1 && (
          <Native label={t('estate')} options={estates} value={estate} onChange={setEstate} />
        )}
        <span className="sd-spring" />
        <ExportButton
          path="/api/v1/workload"
          name={nav('nav.workload')}
          query={{ estate_id: estate }}
        />
      </header>
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorView error={found.error} retry={() => found.refetch()} />}
      {found.data?.technicians.length === 0 && (
        <StateView icon="empty" title={t('workload.none')} hint={t('workload.none_hint')} />
      )}
      {found.data && found.data.technicians.length > 0 && <Figures of={found.data} />}
    </section>
  );
}

function Figures({ of }: { of: Schema<'Workload'> }) {
  const { technicians, spread } = of;
  return (
    <>
      <p className="muted">
        {t('workload.week', {
          from: formatDate(of.from),
          until: formatDate(dateOf(Date.parse(of.until) - 1)),
        })}
        {spread && ` · ${t('workload.spread', { n: spread.spread_minutes })}`}
      </p>
      <Section title={t('workload.chart')}>
        <Chart
          title={t('workload.chart')}
          untitled
          kind="bar"
          lying
          height={Math.max(180, technicians.length * 48)}
          labels={technicians.map((one) => one.name)}
          series={[
            { name: t('workload.open'), values: technicians.map((one) => one.open_minutes) },
            { name: t('workload.this_week'), values: technicians.map((one) => one.week_minutes) },
          ]}
          format={(n) => t('order.minutes_n', { n })}
        />
      </Section>
      <Section title={t('workload.people')}>
        <Table items={technicians} columns={columns()} rowKey={(one) => one.technician_id} />
      </Section>
    </>
  );
}

const columns = (): ListColumn<Schema<'Workload'>['technicians'][number]>[] => [
  {
    key: 'technician',
    title: t('orders.technician'),
    render: (one) => (
      <Anchor href={`/work-orders?technician_id=${one.technician_id}&open=true`}>{one.name}</Anchor>
    ),
    card: 'title',
  },
  {
    key: 'state',
    title: t('state'),
    render: (one) =>
      one.on_duty ? (
        <Pill tone="ok">{t('readiness.on_duty')}</Pill>
      ) : one.on_call ? (
        <Pill tone="accent">{t('readiness.on_call')}</Pill>
      ) : (
        <Pill>{t('workload.off')}</Pill>
      ),
    card: 'side',
  },
  {
    key: 'skills',
    title: t('workload.skills'),
    render: (one) => listed(one.categories.map((code) => t.code('category', code))),
    wrap: true,
  },
  {
    key: 'open',
    title: t('workload.open_orders'),
    render: (one) => one.open_orders,
    align: 'right',
  },
  {
    key: 'overdue',
    title: t('overdue'),
    render: (one) => (one.overdue_orders > 0 ? <Pill tone="late">{one.overdue_orders}</Pill> : 0),
    align: 'right',
  },
  {
    key: 'week',
    title: t('workload.week_orders'),
    render: (one) => one.week_orders,
    align: 'right',
  },
];
