import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { api, ok } from '@/api/client';
import { sayError } from '@/api/problem';
import { t } from '@/locales/notices';
import { ListPage } from '@/ui/list';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { toast, toastError } from '@/ui/toast';
import { kinds, markAllRead, markRead, type Notice, placeOf, useUnread } from './data';
import { NoticeTabs } from './NoticeTabs';
import './notices.css';

/** What I was told, newest first; opening a record marks what was told of it as read. */
export function NoticesPage() {
  const router = useRouter();
  const unread = useUnread();

  async function open(notice: Notice) {
    const place = placeOf(notice);
    if (place) router.history.push(place);
    try {
      await markRead(notice);
    } catch (error) {
      toastError(sayError(error));
    }
  }
  async function readAll() {
    try {
      toast(t('read_all_done', { n: await markAllRead() }));
    } catch (error) {
      toastError(sayError(error));
    }
  }

  return (
    <ListPage<Notice>
      name="notices.inbox"
      title={t('title')}
      kinds={['notice']}
      tabs={<NoticeTabs />}
      fetch={(query, signal) => ok(api.GET('/api/v1/me/notices', { params: { query }, signal }))}
      rowKey={(row) => row.id}
      onOpen={open}
      exportPath="/api/v1/me/notices"
      columns={[
        {
          key: 'title',
          title: t('what'),
          render: (row) => (
            <span className={row.read_at ? 'notice' : 'notice notice-new'}>
              {row.title} {row.urgent && <Pill tone="late">{t('urgent')}</Pill>}
            </span>
          ),
          wrap: true,
          card: 'title',
        },
        { key: 'line', title: t('about'), render: (row) => row.line, wrap: true },
        {
          key: 'due',
          title: t('kind.due_soon'),
          render: (row) => <Deadline due={row.due_at} />,
          width: 230,
          hidden: true,
          card: 'none',
        },
        {
          key: 'at',
          title: t('told_at'),
          render: (row) => <TimeText value={row.created_at} relative />,
          width: 230,
          sort: 'created_at',
        },
        {
          key: 'read',
          title: t('read'),
          render: (row) => (
            <Pill tone={row.read_at ? 'plain' : 'accent'}>
              {t(row.read_at ? 'read' : 'unread')}
            </Pill>
          ),
          width: 90,
          card: 'side',
        },
      ]}
      filters={[
        { key: 'unread', label: t('unread_only'), kind: 'flag' },
        {
          key: 'kind',
          label: t('kind'),
          kind: 'choice',
          options: kinds.map((value) => ({ value, label: t.code('kind', value) })),
        },
      ]}
      actions={unread > 0 && <Button onClick={readAll}>{t('read_all')}</Button>}
      empty={{ title: t('none'), hint: t('none_hint') }}
    />
  );
}
