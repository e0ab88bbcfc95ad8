import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';
import { t } from '@/locales/goals';
import { Chart } from '@/ui/chart/Chart';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { FIGURE_KINDS } from './data';
import { type Goal, goalName, valueText } from './words';

/** A goal over the months of its year, with its target as a dashed line. */
export function TrendChart({ goal, height = 220 }: { goal: Goal; height?: number }) {
  const trend = useQuery({
    queryKey: ['goals', 'trend', goal.id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/goals/{id}/trend', { params: { path: { id: goal.id } }, signal })),
    meta: { kinds: FIGURE_KINDS },
  });
  if (trend.isPending) return <Skeleton lines={4} />;
  if (trend.isError) return <ErrorView error={trend.error} retry={() => trend.refetch()} />;
  const { points } = trend.data;
  const months = points.map(({ as_of }) => t('month_n', { n: Number(as_of.slice(5, 7)) }));
  return (
    <Chart
      title={t('trend.title', { name: goalName(goal) })}
      // A share rises and falls; a count of the year so far only grows.
      kind={goal.unit === 'percent' ? 'line' : 'bar'}
      height={height}
      labels={months}
      series={[
        {
          name: t('trend.value'),
          values: points.map(({ figure }) =>
            figure.status === 'not_measurable' ? null : (figure.value_e2 ?? 0) / 100,
          ),
        },
        { name: t('trend.target'), values: points.map(() => goal.target_e2 / 100), target: true },
      ]}
      format={(value) => valueText(goal.unit, Math.round(value * 100))}
    />
  );
}
