import { Button } from 'antd';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/notices';
import { ListPage } from '@/ui/list';
import { Pill, TimeText, type Tone } from '@/ui/text';
import { toast, toastError } from '@/ui/toast';
import { Channels } from './Channels';
import { NoticeTabs } from './NoticeTabs';

type Delivery = Schema<'NoticeDelivery'>;
type State = Schema<'DeliveryState'>;

const TONES: Record<State, Tone> = {
  waiting: 'accent',
  held_quiet: 'plain',
  sending: 'accent',
  sent: 'ok',
  in_digest: 'ok',
  failed: 'warn',
  given_up: 'late',
  dropped: 'plain',
};
const states = Object.keys(TONES) as State[];
const ways = ['email', 'wecom', 'dingtalk'] as const satisfies readonly Schema<'OutwardChannel'>[];

/** What left the product and what could not, with the channels it goes by. */
export function DeliveriesPage() {
  const can = useCan();
  return (
    <ListPage<Delivery>
      name="notices.deliveries"
      title={t('deliveries.title')}
      kinds={['notice_delivery', 'notice']}
      tabs={<NoticeTabs />}
      above={<Channels />}
      fetch={(query, signal) =>
        ok(api.GET('/api/v1/notices/deliveries', { params: { query }, signal }))
      }
      rowKey={(row) => row.id}
      rowTone={(row) => (row.state === 'given_up' ? 'late' : undefined)}
      exportPath="/api/v1/notices/deliveries"
      columns={[
        {
          key: 'at',
          title: t('told_at'),
          render: (row) => <TimeText value={row.created_at} />,
          width: 170,
          sort: 'created_at',
        },
        {
          key: 'purpose',
          title: t('delivery.purpose'),
          render: (row) => t.code('purpose', row.purpose),
          width: 90,
        },
        {
          key: 'channel',
          title: t('channel'),
          render: (row) => t.code('channel', row.channel),
          width: 100,
        },
        {
          key: 'recipient',
          title: t('delivery.recipient'),
          render: (row) => row.recipient_name ?? '—',
          card: 'title',
          width: 130,
        },
        {
          key: 'state',
          title: t('delivery.state'),
          render: (row) => <Pill tone={TONES[row.state]}>{t.code('state', row.state)}</Pill>,
          card: 'side',
          width: 150,
        },
        {
          key: 'tries',
          title: t('delivery.tries'),
          render: (row) => row.tries,
          align: 'right',
          width: 90,
        },
        {
          key: 'next',
          title: t('delivery.next'),
          render: (row) => <TimeText value={row.next_at} />,
          width: 170,
        },
        {
          key: 'error',
          title: t('delivery.error'),
          render: (row) => row.last_error ?? '',
          wrap: true,
        },
        {
          key: 'sent',
          title: t('delivery.sent'),
          render: (row) => <TimeText value={row.sent_at} />,
          width: 170,
          hidden: true,
        },
        {
          key: 'retry',
          title: t('deliveries.retry'),
          render: (row) =>
            row.state === 'given_up' && can('notice.manage') ? <Retry delivery={row} /> : null,
          width: 120,
        },
      ]}
      filters={[
        {
          key: 'state',
          label: t('delivery.state'),
          kind: 'choice',
          options: states.map((value) => ({ value, label: t.code('state', value) })),
        },
        {
          key: 'channel',
          label: t('channel'),
          kind: 'choice',
          options: ways.map((value) => ({ value, label: t.code('channel', value) })),
        },
        { key: 'made', label: t('told_at'), kind: 'dates', from: 'from', until: 'until' },
      ]}
      empty={{ title: t('deliveries.none'), hint: t('deliveries.none_hint') }}
    />
  );
}

function Retry({ delivery }: { delivery: Delivery }) {
  async function again() {
    try {
      await api.POST('/api/v1/notices/deliveries/{id}/retry', {
        params: { path: { id: delivery.id } },
        body: {},
      });
      toast(t('deliveries.retried'));
      await reloadKind('notice_delivery');
    } catch (error) {
      toastError(sayError(error));
    }
  }
  return (
    <Button size="small" onClick={again}>
      {t('deliveries.retry')}
    </Button>
  );
}
