import { createFileRoute, redirect } from '@tanstack/react-router';
import { LoginPage } from '@/access/LoginPage';
import { restoreSession } from '@/access/session';

export const Route = createFileRoute('/login')({
  validateSearch: (search): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
  beforeLoad: async ({ search }) => {
    // Without a server the form is shown all the same; it says so when it is sent.
    const session = await restoreSession().catch(() => null);
    if (session?.phase === 'ready' && !session.offline) {
      throw redirect({ href: safeNext(search.next) ?? '/' });
    }
  },
  component: () => {
    const { next } = Route.useSearch();
    return <LoginPage next={safeNext(next)} />;
  },
});

/** Only paths of this site: a link in a mail must not lead elsewhere after the login. */
function safeNext(next: string | undefined): string | undefined {
  return next && /^\/(?![/\\])/.test(next) ? next : undefined;
}
