import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { Figure, Figures } from '@/ui/Figures';
import { formatCount, today } from '@/ui/format';

/** How often help was given this year, this month, and by whom most. */
export function AssistanceFigures() {
  const now = today();
  const year = now.slice(0, 4);
  const found = useQuery({
    queryKey: ['service_desk', 'assistance-statistics', year],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/assistances/statistics', {
          params: { query: { from: `${year}-01-01`, until: `${year}-12-31` } },
          signal,
        }),
      ),
    meta: { kinds: ['assistance'] },
    retry: false,
  });
  if (!found.data || found.data.length === 0) return null;
  const month = found.data.filter((one) => one.month === now.slice(0, 7));
  return (
    <Figures>
      <Figure label={t('assistance.this_month')} hint={minutes(month)}>
        {times(month)}
      </Figure>
      <Figure label={t('assistance.this_year')} hint={minutes(found.data)}>
        {times(found.data)}
      </Figure>
      <Figure label={t('assistance.most')}>
        <span className="sd-names">{busiest(found.data)}</span>
      </Figure>
    </Figures>
  );
}

type Month = Schema<'MonthlyHelp'>;
const sum = (rows: readonly Month[], of: (row: Month) => number) =>
  rows.reduce((total, row) => total + of(row), 0);
const times = (rows: readonly Month[]) =>
  t('assistance.count_n', { n: formatCount(sum(rows, (row) => row.count)) });
const minutes = (rows: readonly Month[]) =>
  t('assistance.minutes_n', { n: formatCount(sum(rows, (row) => row.minutes)) });

function busiest(rows: readonly Month[]): string {
  const people = new Map<string, { name: string; count: number }>();
  for (const row of rows) {
    const one = people.get(row.employee_id) ?? { name: row.employee_name, count: 0 };
    people.set(row.employee_id, { ...one, count: one.count + row.count });
  }
  return [...people.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map((one) => `${one.name} ${t('assistance.count_n', { n: one.count })}`)
    .join(' · ');
}
