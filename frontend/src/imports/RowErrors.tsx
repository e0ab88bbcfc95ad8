import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ok } from '@/api/client';
import { t } from '@/locales/imports';
import { lang } from '@/locales/lang';
import { formatCount } from '@/ui/format';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { columnName } from './Preview';
import { ScrollBox } from './ScrollBox';
import type { Run } from './words';

const LIMIT = 50;

/** Row by row and column by column, what could not be taken and why; the values stay out of it. */
export function RowErrors({ run }: { run: Run }) {
  const errors = useInfiniteQuery({
    queryKey: ['imports', run.id, 'errors', run.state],
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/api/v1/imports/{id}/errors', {
          params: {
            path: { id: run.id },
            query: { limit: LIMIT, ...(pageParam ? { cursor: pageParam } : { count: true }) },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor || undefined,
    meta: { kinds: ['import_run'] },
  });
  // The columns' names in both languages come with the preview, which the page shows anyway.
  const preview = useQuery({
    queryKey: ['imports', run.id, 'preview', run.state],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/imports/{id}/preview', { params: { path: { id: run.id } }, signal })),
    meta: { kinds: ['import_run'] },
  });
  if (errors.isPending) return <Skeleton lines={4} />;
  if (errors.isError) return <ErrorView error={errors.error} retry={() => errors.refetch()} />;
  const rows = errors.data.pages.flatMap((page) => page.items);
  const total = errors.data.pages[0]?.total ?? rows.length;
  return (
    <Section
      title={t('errors.title')}
      extra={<span>{t('errors.n', { n: formatCount(total) })}</span>}
    >
      <p className="muted">{run.state === 'done' ? t('errors.hint_done') : t('errors.hint')}</p>
      <ScrollBox label={t('errors.title')}>
        <table className="im-table">
          <thead>
            <tr>
              <th scope="col">{t('row')}</th>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('errors.why')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.id}>
                <th scope="row" className="num">
                  {one.row_no}
                </th>
                <td>{columnName(preview.data?.columns ?? [], one.column_name)}</td>
                <td className="im-why">{lang() === 'en' ? one.message_en : one.message_zh}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {errors.hasNextPage && (
        <Button loading={errors.isFetchingNextPage} onClick={() => errors.fetchNextPage()}>
          {t('errors.more')}
        </Button>
      )}
    </Section>
  );
}
