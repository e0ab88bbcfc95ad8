import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ok, type Schema } from '@/api/client';
import { queryClient } from '@/api/query';
import { t } from '@/locales/access';
import { useConfirm } from '@/ui/form';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Pill, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';
import { sayBrowser } from './browser';
import { signOut } from './session';

type Session = Schema<'SessionView'>;
const KEY = ['me', 'sessions'];

/** Where one is logged in: this device first; another one can be ended, or all at once. */
export function SessionsSection() {
  const [ask, window] = useConfirm();
  const sessions = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ok(api.GET('/api/v1/me/sessions', { signal })),
  });

  const everywhere = () =>
    ask({
      title: t('sessions.ask'),
      text: t('sessions.text'),
      confirm: t('sessions.everywhere'),
      danger: true,
      reason: 'none',
      run: () => signOut(true),
    });
  const end = (session: Session) =>
    ask({
      title: t('sessions.end_ask'),
      text: `${sayBrowser(session.user_agent) || t('sessions.unknown')} · ${session.address}`,
      confirm: t('sessions.end'),
      danger: true,
      reason: 'none',
      run: async () => {
        await api.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id: session.id } } });
        toast(t('sessions.ended'));
        await queryClient.invalidateQueries({ queryKey: KEY });
      },
    });

  return (
    <Section
      title={t('sessions.title')}
      extra={
        <Button danger onClick={everywhere}>
          {t('sessions.everywhere')}
        </Button>
      }
    >
      <p className="muted">{t('sessions.lead')}</p>
      {sessions.isPending ? (
        <Skeleton lines={2} />
      ) : sessions.isError ? (
        <ErrorView error={sessions.error} retry={() => sessions.refetch()} />
      ) : (
        <ul className="account-lines" aria-label={t('sessions.title')}>
          {inOrder(sessions.data).map((session) => (
            <Line key={session.id} session={session} end={() => end(session)} />
          ))}
        </ul>
      )}
      {window}
    </Section>
  );
}

/** This one first, then the one used last. */
const inOrder = (sessions: readonly Session[]) =>
  [...sessions].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.last_used_at.localeCompare(a.last_used_at),
  );

function Line({ session, end }: { session: Session; end: () => void }) {
  return (
    <li>
      <div>
        <b title={session.user_agent}>{sayBrowser(session.user_agent) || t('sessions.unknown')}</b>{' '}
        {session.current && <Pill tone="ok">{t('sessions.current')}</Pill>}
        <div className="muted">{t('sessions.from', { address: session.address })}</div>
      </div>
      <div className="muted">
        {t('sessions.used')} <TimeText value={session.last_used_at} relative />
        <br />
        {t('sessions.opened')} <TimeText value={session.created_at} />
      </div>
      {!session.current && (
        <Button danger onClick={end}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}
