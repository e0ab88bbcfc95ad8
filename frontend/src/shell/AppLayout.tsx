import {
  BulbOutlined,
  DownOutlined,
  GlobalOutlined,
  MenuFoldOutlined,
  MenuOutlined,
  MenuUnfoldOutlined,
  SearchOutlined,
} from '@ant-design/icons';
import { QueryClientProvider } from '@tanstack/react-query';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { Button, type MenuProps } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { onSignOut, signOut, useMe, useSession } from '@/access/session';
import { followLive, liveStore } from '@/api/live';
import { sayError } from '@/api/problem';
import { queryClient } from '@/api/query';
import { t as b } from '@/locales/base';
import { lang, setLang } from '@/locales/lang';
import { t as p } from '@/locales/phone';
import { t } from '@/locales/shell';
import { Bell } from '@/notices/Bell';
import { AntdProvider } from '@/ui/AntdProvider';
import { formatDate } from '@/ui/format';
import { useNarrow } from '@/ui/hooks';
import { MenuButton } from '@/ui/opening/MenuButton';
import { listenForShortcuts, useShortcut } from '@/ui/shortcuts';
import { silent } from '@/ui/silent';
import { local, useStore } from '@/ui/store';
import { setTheme, type ThemeChoice, themeStore } from '@/ui/theme';
import { Toaster, toastError } from '@/ui/toast';
import { ActingBanner } from './ActingBanner';
import type { LeaveQuestion } from './AskLeave';
import { SideMenu } from './SideMenu';
import { ToLogin } from './ToLogin';
import './app.css';

const AskLeave = lazy(() => import('./AskLeave'));
const MenuDrawer = lazy(() => import('./MenuDrawer'));
const SearchBox = lazy(() => import('./SearchBox'));
const ShortcutsOverlay = lazy(() => import('./ShortcutsOverlay'));

onSignOut(() => queryClient.clear());

/** Frame of the back office: menu, header, content. */
export function AppLayout() {
  const session = useSession();
  if (session.phase !== 'ready') return <ToLogin home="/" />;
  return (
    <QueryClientProvider client={queryClient}>
      <AntdProvider>
        <Frame />
      </AntdProvider>
    </QueryClientProvider>
  );
}

const FOLDED = 'wuye.menu.folded';

function Frame() {
  const narrow = useNarrow();
  const { pathname } = useLocation();
  const [folded, setFolded] = useState(() => local.get(FOLDED) === '1');
  // `null` until it is first opened: its code is fetched then.
  const [drawer, setDrawer] = useState<boolean | null>(null);
  const [search, setSearch] = useState(false);
  const [help, setHelp] = useState(false);

  useEffect(() => {
    const life = new AbortController();
    listenForShortcuts(life.signal);
    followLive(life.signal);
    return () => life.abort();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer
  useEffect(() => setDrawer((was) => was && false), [pathname]);
  useShortcut({ keys: '?', label: t('shortcuts.help'), run: () => setHelp(true) });
  useShortcut({ keys: 'Ctrl+k', label: t('shortcuts.search'), inFields: true, run: openSearch });

  function openSearch() {
    setSearch(true);
  }
  function fold() {
    local.set(FOLDED, folded ? null : '1');
    setFolded(!folded);
  }

  return (
    <div className={folded ? 'app folded' : 'app'}>
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      {!narrow && (
        <aside className="app-side">
          <div className="app-brand">
            <img src="/icon.svg" alt="" width="28" height="28" />
            {!folded && <b>{b('product')}</b>}
          </div>
          <SideMenu folded={folded} />
          <Button
            type="text"
            className="app-fold"
            aria-label={folded ? t('nav.expand') : t('nav.collapse')}
            icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
            onClick={fold}
          />
        </aside>
      )}
      <div className="app-main">
        <header className="app-header">
          {narrow && (
            <Button
              type="text"
              aria-label={t('nav.open')}
              icon={<MenuOutlined />}
              onClick={() => setDrawer(true)}
            />
          )}
          <button
            type="button"
            className="app-search"
            aria-label={t('search.placeholder')}
            onClick={openSearch}
          >
            <SearchOutlined />
            {!narrow && <span>{t('search.placeholder')}</span>}
            {!narrow && <kbd>Ctrl K</kbd>}
          </button>
          <span className="app-spring" />
          <LiveMark />
          <Bell href="/notices" />
          {!narrow && <LookMenus />}
          <AccountMenu showHelp={() => setHelp(true)} narrow={narrow} />
        </header>
        <ActingBanner />
        <main id="content" className="app-content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Toaster />
      <Suspense>
        {narrow && drawer !== null && <MenuDrawer open={drawer} close={() => setDrawer(false)} />}
        {search && <SearchBox close={() => setSearch(false)} />}
        {help && <ShortcutsOverlay close={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}

/** Whether what others do arrives by itself: a dot and a word. */
function LiveMark() {
  const live = useStore(liveStore);
  return (
    <span
      className={live ? 'app-live on' : 'app-live'}
      role="status"
      title={live ? t('live.on_hint') : t('live.off_hint')}
    >
      {live ? t('live.on') : t('live.off')}
    </span>
  );
}

const themes: readonly ThemeChoice[] = ['light', 'dark', 'system'];
const themeItems = (): NonNullable<MenuProps['items']> =>
  themes.map((choice) => ({
    key: choice,
    label: p(`theme.${choice}`),
    onClick: () => setTheme(choice),
  }));

function LookMenus() {
  const theme = useStore(themeStore);
  return (
    <>
      <MenuButton
        type="text"
        aria-label={p('theme.title')}
        icon={<BulbOutlined />}
        items={themeItems()}
        selected={[theme]}
      />
      <Button
        type="text"
        icon={silent(<GlobalOutlined />)}
        lang={lang() === 'en' ? 'zh-CN' : 'en'}
        onClick={switchLang}
      >
        {b('lang.other')}
      </Button>
    </>
  );
}

const switchLang = () => setLang(lang() === 'en' ? 'zh-CN' : 'en');

function AccountMenu({ showHelp, narrow }: { showHelp: () => void; narrow: boolean }) {
  const me = useMe();
  const router = useRouter();
  const [question, setQuestion] = useState<LeaveQuestion | null>(null);
  const english = lang() === 'en';
  const name = me.employee?.name ?? me.username;

  async function leave(everywhere: boolean) {
    const { waitingFor } = await import('@/offline/waiting');
    const waiting = await waitingFor(me.account_id);
    if (waiting > 0 || everywhere) setQuestion({ everywhere, waiting });
    else await go(false);
  }
  async function go(everywhere: boolean) {
    try {
      await signOut(everywhere);
    } catch (error) {
      toastError(sayError(error));
    }
  }

  const items: MenuProps['items'] = [
    {
      key: 'posts',
      type: 'group',
      label: (
        <div className="app-posts">
          {me.posts.map((held) => (
            <div key={held.assignment_id}>
              {english ? held.title_en : held.title_zh}
              <span>
                {me.estates.find((estate) => estate.id === held.estate_id)?.name}
                {held.acting_for && ` · ${p('account.acting_for', { name: held.acting_for.name })}`}
                {held.until && ` · ${p('account.until', { date: formatDate(held.until) })}`}
              </span>
            </div>
          ))}
        </div>
      ),
    },
    { type: 'divider' },
    ...(narrow
      ? [
          { key: 'lang', label: b('lang.other'), onClick: switchLang },
          { key: 'theme', label: p('theme.title'), children: themeItems() },
        ]
      : []),
    { key: 'phone', label: t('account.phone'), onClick: () => router.history.push('/m') },
    { key: 'help', label: t('account.shortcuts'), extra: '?', onClick: showHelp },
    {
      key: 'account',
      label: t('account.own'),
      onClick: () => router.history.push('/account'),
    },
    {
      key: 'password',
      label: t('account.password'),
      onClick: () => router.history.push('/password'),
    },
    { type: 'divider' },
    { key: 'logout', label: p('account.logout'), onClick: () => leave(false) },
    {
      key: 'everywhere',
      label: t('account.logout_everywhere'),
      danger: true,
      onClick: () => leave(true),
    },
  ];
  return (
    <>
      <MenuButton type="text" aria-label={`${t('account.menu')}: ${name}`} items={items}>
        {name}
        <DownOutlined style={{ fontSize: 10 }} />
      </MenuButton>
      <Suspense>
        {question && <AskLeave {...question} go={go} stay={() => setQuestion(null)} />}
      </Suspense>
    </>
  );
}
