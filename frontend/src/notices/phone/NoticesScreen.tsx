import { useInfiniteQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { api, ok } from '@/api/client';
import { sayError } from '@/api/problem';
import { t } from '@/locales/notices';
import { remembered } from '@/offline/cache';
import { BigButton, Card, Empty, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { Pill, TimeText } from '@/ui/text';
import { toast, toastError } from '@/ui/toast';
import { markAllRead, markRead, type Notice, placeOf, useUnread } from '../data';

/** What I was told, as cards; a tap opens the record and marks it as read. */
export function NoticesScreen() {
  const router = useRouter();
  const unread = useUnread();
  const notices = useInfiniteQuery({
    queryKey: ['notices', 'phone'],
    queryFn: ({ pageParam, signal }) => {
      const load = () =>
        ok(
          api.GET('/api/v1/me/notices', {
            params: { query: { limit: 30, ...(pageParam && { cursor: pageParam }) } },
            signal,
          }),
        );
      return pageParam ? load() : remembered('notices', load);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor || undefined,
    meta: { kinds: ['notice'] },
  });
  const all = notices.data?.pages.flatMap((page) => page.items) ?? [];

  async function open(notice: Notice) {
    const place = placeOf(notice, true);
    if (place) router.history.push(place);
    await markRead(notice).catch((error) => toastError(sayError(error)));
  }
  async function readAll() {
    try {
      toast(t('read_all_done', { n: await markAllRead() }));
    } catch (error) {
      toastError(sayError(error));
    }
  }

  return (
    <Screen title={t('title')} back="/m">
      {notices.isPending && <Skeleton lines={4} />}
      {notices.isError && all.length === 0 && (
        <ErrorView error={notices.error} retry={() => notices.refetch()} />
      )}
      {notices.data && all.length === 0 && <Empty title={t('none')} hint={t('none_hint')} />}
      {unread > 0 && <BigButton onClick={readAll}>{t('read_all')}</BigButton>}
      {all.map((notice) => (
        <Card
          key={notice.id}
          title={notice.title}
          tone={notice.urgent && !notice.read_at ? 'late' : undefined}
          meta={
            <>
              <TimeText value={notice.created_at} />{' '}
              {!notice.read_at && <Pill tone="accent">{t('unread')}</Pill>}{' '}
              {notice.urgent && <Pill tone="late">{t('urgent')}</Pill>}
            </>
          }
          onClick={() => open(notice)}
        >
          {notice.line && <p style={{ margin: 0 }}>{notice.line}</p>}
        </Card>
      ))}
      {notices.hasNextPage && (
        <BigButton onClick={() => notices.fetchNextPage()}>{t('more')}</BigButton>
      )}
    </Screen>
  );
}
