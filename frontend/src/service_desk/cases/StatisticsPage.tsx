import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { Chart } from '@/ui/chart/Chart';
import { dateOf, formatCount } from '@/ui/format';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Native, options, useEstates } from '../words';
import { caseFields, caseKinds } from './codes';

const percent = (bp: number | null | undefined) =>
  bp === null || bp === undefined ? '—' : `${(bp / 100).toFixed(1)}%`;

/** Cases by field and month, with the figures the goals are measured by. */
export function StatisticsPage() {
  const estates = useEstates();
  const year = Number(dateOf(Date.now()).slice(0, 4));
  const [estate, setEstate] = useState(estates[0]?.value ?? '');
  const [chosen, setChosen] = useState(String(year));
  const [kind, setKind] = useState<Schema<'CaseKind'> | ''>('complaint');
  const found = useQuery({
    queryKey: ['service_desk', 'case-statistics', estate, chosen, kind],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/cases/statistics', {
          params: {
            query: {
              ...(estate && { estate_id: estate }),
              from: `${chosen}-01-01`,
              until: `${chosen}-12-31`,
              ...(kind && { kind }),
            },
          },
          signal,
        }),
      ),
    meta: { kinds: ['case'] },
  });
  return (
    <section>
      <h1>{t('nav.case_statistics')}</h1>
      <div className="sd-dispatch" style={{ maxWidth: 560, marginBottom: 16 }}>
        {estates.length > 1 && (
          <Native label={t('estate')} options={estates} value={estate} onChange={setEstate} />
        )}
        <Native
          label={t('year')}
          value={chosen}
          onChange={setChosen}
          options={[0, 1, 2, 3].map((back) => ({
            value: String(year - back),
            label: String(year - back),
          }))}
        />
        <select
          className="sd-native"
          aria-label={t('kind')}
          value={kind}
          onChange={(event) => setKind(event.target.value as Schema<'CaseKind'> | '')}
        >
          <option value="">{t('all')}</option>
          {options('case_kind', caseKinds).map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      </div>
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorView error={found.error} retry={() => found.refetch()} />}
      {found.data && <Figures of={found.data} />}
    </section>
  );
}

function Figures({ of }: { of: Schema<'CaseStatistics'> }) {
  const months = [...new Set(of.months.map((one) => one.month))].sort();
  const fields = caseFields.filter((field) => of.months.some((one) => one.field === field));
  const figures: [string, string][] = [
    ['received', formatCount(of.received)],
    ['valid', formatCount(of.valid)],
    ['invalid', formatCount(of.invalid)],
    ['pending', formatCount(of.pending)],
    ['handling_rate', percent(of.handling_rate_bp)],
    ['overdue', formatCount(of.overdue)],
    ['reopened_rate', percent(of.reopened_rate_bp)],
    ['duplicates', formatCount(of.duplicates)],
  ];
  return (
    <>
      <dl className="sd-figures">
        {figures.map(([key, value]) => (
          <div key={key}>
            <dt>{t.code('figure', key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Section title={t('cases.by_month')}>
        <Chart
          title={t('cases.by_month')}
          kind="bar"
          stacked
          labels={months}
          series={fields.map((field) => ({
            name: t.code('case_field', field),
            values: months.map((month) =>
              of.months
                .filter((one) => one.month === month && one.field === field)
                .reduce((sum, one) => sum + one.count, 0),
            ),
          }))}
        />
      </Section>
      <Section title={t('cases.by_field')}>
        <Chart
          title={t('cases.by_field')}
          kind="bar"
          labels={of.fields.map((one) => t.code('case_field', one.field))}
          series={[
            { name: t('figure.received'), values: of.fields.map((one) => one.count) },
            { name: t('figure.valid'), values: of.fields.map((one) => one.valid) },
          ]}
        />
      </Section>
    </>
  );
}
