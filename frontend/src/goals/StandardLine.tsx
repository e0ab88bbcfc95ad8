import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, withTag } from '@/api/client';
import { t } from '@/locales/goals';
import { formatDate } from '@/ui/format';

const StandardForm = lazy(() => import('./StandardForm'));

/** The service standard of an estate, with the version an edit must name. */
export const useStandard = (estate: string) =>
  useQuery({
    queryKey: ['goals', 'standard', estate],
    queryFn: ({ signal }) =>
      withTag(
        api.GET('/api/v1/estates/{id}/service-standard', {
          params: { path: { id: estate } },
          signal,
        }),
      ),
    meta: { kinds: ['estate'] },
  });

/** The level the services must reach (PREF-5a), since when, and its change. */
export function StandardLine({ estate }: { estate: string }) {
  const can = useCan();
  const standard = useStandard(estate);
  const [changing, setChanging] = useState(false);
  if (!standard.data) return null;
  const { data, etag } = standard.data;
  return (
    <span className="goal-standard">
      {t('standard.title')} <b>{data.standard}</b>{' '}
      <span className="muted">
        {data.since ? t('standard.since', { date: formatDate(data.since) }) : t('standard.no_date')}
      </span>
      {can('goal.edit') && (
        <Button type="link" size="small" onClick={() => setChanging(true)}>
          {t('standard.change')}
        </Button>
      )}
      <Suspense>
        {changing && <StandardForm standard={data} etag={etag} close={() => setChanging(false)} />}
      </Suspense>
    </span>
  );
}
