import { useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Chart } from '@/ui/chart/Chart';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { Native } from '@/ui/form/Native';
import { formatCount } from '@/ui/format';
import { monthsOf } from '@/ui/Period';
import { PeriodPage } from '@/ui/PeriodPage';
import { Section } from '@/ui/record';
import { options } from '../words';
import { caseFields, caseKinds } from './codes';

/** Cases by field and month, with the figures the goals are measured by. */
export function StatisticsPage() {
  const [kind, setKind] = useState<Schema<'CaseKind'> | ''>('complaint');
  return (
    <PeriodPage<Schema<'CaseStatistics'>>
      title={nav('nav.case_statistics')}
      name={['service_desk', 'case-statistics', kind]}
      kinds={['case']}
      fetch={(period, signal) =>
        ok(
          api.GET('/api/v1/cases/statistics', {
            params: { query: { ...period, ...(kind && { kind }) } },
            signal,
          }),
        )
      }
      isEmpty={(of) => of.received === 0}
      none={{ title: t('cases.none_in_period'), hint: t('period.other_hint') }}
      more={
        <Native
          label={t('kind')}
          value={kind}
          blank={t('all')}
          onChange={setKind}
          options={options('case_kind', caseKinds)}
        />
      }
    >
      {(of, period) => <Loaded of={of} months={monthsOf(period)} />}
    </PeriodPage>
  );
}

function Loaded({ of, months }: { of: Schema<'CaseStatistics'>; months: readonly string[] }) {
  const fields = caseFields.filter((field) => of.months.some((one) => one.field === field));
  const reply = of.average_reply_minutes;
  return (
    <>
      <Figures>
        <Figure label={t('figure.received')}>{formatCount(of.received)}</Figure>
        {of.complaints > 0 && (
          <>
            <Figure label={t('figure.valid')}>{formatCount(of.valid)}</Figure>
            <Figure label={t('figure.invalid')}>{formatCount(of.invalid)}</Figure>
            <Figure label={t('figure.pending')}>{formatCount(of.pending)}</Figure>
          </>
        )}
        <Figure
          label={t('figure.handling_rate')}
          hint={`${formatCount(of.handled)} / ${formatCount(of.to_handle)}`}
        >
          {percentOf(of.handling_rate_bp)}
        </Figure>
        <Figure
          label={t('figure.reply_time')}
          hint={t('figure.replied_in_time', { n: of.replied_in_time, total: of.replied })}
        >
          {reply === null || reply === undefined
            ? '—'
            : t('figure.hours', { n: (reply / 60).toFixed(1) })}
        </Figure>
        <Figure label={t('figure.overdue')}>{formatCount(of.overdue)}</Figure>
        <Figure label={t('figure.reopened_rate')} hint={t('figure.cases_n', { n: of.reopened })}>
          {percentOf(of.reopened_rate_bp)}
        </Figure>
        <Figure label={t('figure.duplicates')}>{formatCount(of.duplicates)}</Figure>
      </Figures>
      <Section title={t('cases.by_month')}>
        <Chart
          title={t('cases.by_month')}
          untitled
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
          untitled
          kind="bar"
          labels={of.fields.map((one) => t.code('case_field', one.field))}
          series={[
            { name: t('figure.received'), values: of.fields.map((one) => one.count) },
            ...(of.complaints > 0
              ? [{ name: t('figure.valid'), values: of.fields.map((one) => one.valid) }]
              : []),
          ]}
        />
      </Section>
    </>
  );
}
