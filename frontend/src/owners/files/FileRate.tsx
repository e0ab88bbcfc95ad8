import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';
import { t } from '@/locales/owners';
import { Anchor } from '@/ui/Anchor';
import { formatCount, formatShare } from '@/ui/format';

/** The file completeness rate, with the lists behind it. */
export function FileRate({ estate }: { estate: string }) {
  const figures = useQuery({
    queryKey: ['estate', 'inventory', estate],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/inventory', { params: { query: { estate_id: estate } }, signal })),
    enabled: Boolean(estate),
    meta: { kinds: ['house_file', 'house', 'occupancy'] },
  });
  const of = figures.data?.completeness;
  if (!of) return null;
  const rate = of.file_completeness_e4;
  const lacking = of.files - of.files_complete;
  return (
    <ul className="ow-figures" aria-label={t('files.figures')}>
      <li>
        <span>{t('files.rate')}</span>
        <b className="num">
          {typeof rate === 'number' ? formatShare(rate / 10_000) : t('files.rate_none')}
        </b>
      </li>
      <li>
        <span>{t('files.complete')}</span>
        <Anchor className="num" href="/house-files?state=complete">
          {formatCount(of.files_complete)}
        </Anchor>
      </li>
      <li className={lacking > 0 ? 'ow-lacking' : undefined}>
        <span>{t('files.lacking')}</span>
        <Anchor className="num" href="/house-files?state=incomplete">
          {formatCount(lacking)}
        </Anchor>
      </li>
      <li className={of.houses_without_file > 0 ? 'ow-lacking' : undefined}>
        <span>{t('files.without')}</span>
        <Anchor className="num" href="/estate/houses?without_file=true">
          {formatCount(of.houses_without_file)}
        </Anchor>
      </li>
    </ul>
  );
}
