import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from '@/access/session';

/** Stands in for a page whose session is over: to the login, and back here if it ended by itself. */
export function ToLogin({ home }: { home: '/' | '/m' }) {
  const router = useRouter();
  const session = useSession();
  const ended = session.phase === 'anonymous' && session.ended;
  useEffect(() => {
    const here = router.state.location.href;
    const next = ended ? here : home;
    router.history.push(next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`);
  }, [router, ended, home]);
  return null;
}
