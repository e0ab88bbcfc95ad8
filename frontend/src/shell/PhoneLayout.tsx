import { QueryClientProvider } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { onSignOut, restoreSession, useSession } from '@/access/session';
import { followLive } from '@/api/live';
import { queryClient, reloadKind } from '@/api/query';
import { t } from '@/locales/phone';
import { staleStore } from '@/offline/cache';
import {
  openQueue,
  queueStore,
  refusedCount,
  startQueue,
  waitingCount,
  whenSent,
} from '@/offline/queue';
import { Anchor } from '@/ui/Anchor';
import { Icon, type IconName } from '@/ui/icons';
import { useStore } from '@/ui/store';
import { Toaster } from '@/ui/toast';
import { ToLogin } from './ToLogin';
import '@/ui/phone/phone.css';

onSignOut(() => {
  queryClient.clear();
  return openQueue(null);
});
whenSent((kinds) => Promise.all(kinds.map(reloadKind)));

/** Frame of the phone pages: banner for what waits or fails, content, three tabs at the thumb. */
export function PhoneLayout() {
  const session = useSession();
  const account = session.phase === 'ready' ? session.me.account_id : null;
  const offline = session.phase === 'ready' && session.offline;

  useEffect(() => {
    const life = new AbortController();
    void openQueue(account);
    startQueue(life.signal);
    followLive(life.signal);
    // Back on line after a start without network: ask who is signed in.
    window.addEventListener('online', () => restoreSession().catch(() => {}), life);
    return () => life.abort();
  }, [account]);
  useEffect(() => {
    // Scope /m/: the back office is never served from a cache.
    if (!import.meta.env.PROD) return;
    // What it keeps is fetched once the page stands: until then the two would be in each other's way.
    return whenIdle(() => {
      navigator.serviceWorker?.register('/sw.js', { scope: '/m' }).catch(() => {});
    });
  }, []);

  if (!account) return <ToLogin home="/m" />;
  return (
    <QueryClientProvider client={queryClient}>
      <div className="m">
        <Banners offline={offline} />
        <Outlet />
        <Tabs />
        <Toaster />
      </div>
    </QueryClientProvider>
  );
}

/** Runs it when there is nothing to do; the answer calls it off. Safari does not tell of idleness: there it waits a while. */
function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(run, 2_000);
    return () => clearTimeout(timer);
  }
  const callback = requestIdleCallback(run, { timeout: 5_000 });
  return () => cancelIdleCallback(callback);
}

function Banners({ offline }: { offline: boolean }) {
  const queue = useStore(queueStore);
  const stale = useStore(staleStore);
  const waiting = waitingCount(queue);
  const refused = refusedCount(queue);
  return (
    <div aria-live="polite">
      {(stale || offline) && (
        <div className="m-banner">
          <Icon name="cloud" /> {t('offline')}
        </div>
      )}
      {refused > 0 && (
        <Anchor className="m-banner m-banner-late" href="/m/queue">
          <Icon name="warning" /> {t('queue.banner_refused', { n: refused })}
        </Anchor>
      )}
      {waiting > 0 && (
        <Anchor className="m-banner" href="/m/queue">
          <Icon name="clock" /> {t('queue.banner', { n: waiting })}
        </Anchor>
      )}
    </div>
  );
}

const tabs: { href: string; icon: IconName; text: Parameters<typeof t>[0] & `tab.${string}` }[] = [
  { href: '/m', icon: 'home', text: 'tab.home' },
  { href: '/m/queue', icon: 'send', text: 'tab.queue' },
  { href: '/m/me', icon: 'person', text: 'tab.me' },
];

function Tabs() {
  const { pathname } = useLocation();
  const waiting = useStore(queueStore).items.length;
  const here = pathname.replace(/\/$/, '') || '/m';
  return (
    <nav className="m-tabs">
      {tabs.map((tab) => (
        <Anchor
          key={tab.href}
          href={tab.href}
          aria-current={here === tab.href ? 'page' : undefined}
        >
          <Icon name={tab.icon} size={24} />
          {t(tab.text)}
          {tab.href === '/m/queue' && waiting > 0 && <span className="m-badge">{waiting}</span>}
        </Anchor>
      ))}
    </nav>
  );
}
