import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/notices';
import { useEstate } from '@/org/lookups';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { Pill } from '@/ui/text';
import { toast, toastError } from '@/ui/toast';
import './notices.css';

export type Channel = Schema<'NoticeChannel'>;
const SetRobot = lazy(() => import('./SetRobot'));
const TestMail = lazy(() => import('./TestMail'));

/** Puts a test of a channel on the way; what came of it stands among the deliveries. */
export async function test(
  channel: Schema<'OutwardChannel'>,
  body: Schema<'TestNoticeChannel'>,
  headers: Record<string, string> = {},
): Promise<void> {
  await api.POST('/api/v1/notices/channels/{channel}/test', {
    params: { path: { channel } },
    body,
    headers,
  });
  await reloadKind('notice_delivery');
}

/** The channels of an estate: set up or not, in use or not; their keys are not shown. */
export function Channels() {
  const { estate, choice } = useEstate();
  const channels = useQuery({
    queryKey: ['notices', 'channels', estate],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/notices/channels', {
          params: { query: { estate_id: estate } },
          signal,
        }),
      ),
    enabled: Boolean(estate),
    meta: { kinds: ['notice_robot'] },
  });
  const [setting, set] = useState<Channel | null>(null);
  const [mailing, mail] = useState(false);
  return (
    <section aria-label={t('channels.title')}>
      {choice}
      {!estate ? (
        <StateView icon="empty" title={t('channels.estate')} />
      ) : channels.isPending ? (
        <Skeleton lines={3} />
      ) : channels.isError ? (
        <ErrorView error={channels.error} retry={() => channels.refetch()} />
      ) : (
        <ul className="channels">
          {channels.data.map((one) => (
            <Card
              key={one.channel}
              channel={one}
              estate={estate}
              set={() => set(one)}
              mail={() => mail(true)}
            />
          ))}
        </ul>
      )}
      <Suspense>
        {setting && <SetRobot channel={setting} estate={estate} close={() => set(null)} />}
        {mailing && <TestMail estate={estate} close={() => mail(false)} />}
      </Suspense>
    </section>
  );
}

interface CardProps {
  channel: Channel;
  estate: string;
  set: () => void;
  mail: () => void;
}

function Card({ channel, estate, set, mail }: CardProps) {
  const can = useCan();
  const robot = channel.channel !== 'email';
  async function tryOut() {
    try {
      await test(channel.channel, { estate_id: estate });
      toast(t('channels.tested'));
    } catch (error) {
      toastError(sayError(error));
    }
  }
  const name = t(`channel.${channel.channel}`);
  return (
    <li>
      <div className="channels-head">
        <b>{robot ? t('channels.robot', { channel: name }) : name}</b>
        <Pill tone={channel.enabled ? 'ok' : 'plain'}>
          {t(
            channel.enabled
              ? 'channels.in_use'
              : channel.set_up
                ? 'channels.off'
                : 'channels.not_set',
          )}
        </Pill>
      </div>
      <span className="muted">
        {[
          channel.where,
          channel.key_hint && t('channels.key', { key: channel.key_hint }),
          channel.signed && t('channels.signed'),
        ]
          .filter(Boolean)
          .join(' · ') || (robot ? '—' : t('channels.mail_hint'))}
      </span>
      {can('notice.manage') && (
        <div className="channels-foot">
          {robot && (
            <Button size="small" onClick={set} aria-label={`${t('channels.set')}: ${name}`}>
              {t('channels.set')}
            </Button>
          )}
          {channel.enabled && (
            <Button
              size="small"
              onClick={robot ? tryOut : mail}
              aria-label={`${t('channels.test')}: ${name}`}
            >
              {t('channels.test')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
