import { createRouter, RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { requireSession } from './access/guard';
import { restoreSession } from './access/session';
import { langStore, ready } from './locales/lang';
import { routeTree } from './routeTree.gen';
import './ui/base.css';
import { ProblemError } from './api/problem';
import { ErrorView, Skeleton } from './ui/StateView';
import { useStore } from './ui/store';
import './ui/theme';

const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: () => <Skeleton />,
  defaultErrorComponent: ({ error, reset }) => <ErrorView error={error} retry={reset} />,
  defaultNotFoundComponent: () => <ErrorView error={new ProblemError(404)} />,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

// After a deployment the chunks of the old version are gone: one reload gets the new ones. Without network nothing would be
// got, and what is on the screen lost.
window.addEventListener('vite:preloadError', async () => {
  if (sessionStorage.getItem('wuye.reloaded') === location.href) return;
  const server = await fetch('/healthz', { cache: 'no-store' }).catch(() => null);
  if (!server?.ok) return;
  sessionStorage.setItem('wuye.reloaded', location.href);
  location.reload();
});

/** `key` remounts everything when the language changes, so that texts need no hook. */
function Root() {
  return <RouterProvider key={useStore(langStore)} router={router} />;
}

async function start(place: HTMLElement): Promise<void> {
  // Who is here is asked for while the page's own pieces come. What fails here is asked for again to be shown.
  for (const route of router.getMatchedRoutes(location.pathname)[0]) {
    if (route.options.beforeLoad === requireSession) restoreSession().catch(() => {});
    router.loadRouteChunk(route)?.catch(() => {});
  }
  await ready();
  createRoot(place).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
}

const place = document.getElementById('root');
if (place) void start(place);
