import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';
import { t } from '@/locales/service_desk';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { formatCount } from '@/ui/format';

/** How disputes end: at which level, and after how long. */
export function DisputeFigures() {
  const found = useQuery({
    queryKey: ['service_desk', 'dispute-statistics'],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/disputes/statistics', { params: { query: {} }, signal })),
    meta: { kinds: ['dispute'] },
    retry: false,
  });
  if (!found.data) return null;
  const it = found.data;
  const days = it.average_settle_minutes;
  return (
    <Figures>
      <Figure label={t('disputes.open_n')}>{formatCount(it.open)}</Figure>
      <Figure label={t('overdue')}>{formatCount(it.overdue)}</Figure>
      <Figure label={t('disputes.settled_n')} hint={t('disputes.opened_n', { n: it.opened })}>
        {formatCount(it.settled)}
      </Figure>
      <Figure
        label={t('disputes.first_level')}
        hint={`${formatCount(it.settled_first_level)} / ${formatCount(it.settled)}`}
      >
        {percentOf(it.first_level_rate_bp)}
      </Figure>
      <Figure label={t('disputes.days_to_settle')}>
        {days === null || days === undefined
          ? '—'
          : t('disputes.days_n', { n: (days / 1440).toFixed(1) })}
      </Figure>
    </Figures>
  );
}
