import { redirect } from '@tanstack/react-router';
import type { Permission } from '@/api/client';
import { NoPermissionError } from '@/api/problem';
import { canAny } from './can';
import { restoreSession } from './session';

interface Place {
  location: { href: string; pathname: string };
}

/** `beforeLoad` of the two layouts: nothing behind them loads for a stranger. */
export async function requireSession({ location }: Place): Promise<void> {
  const session = await restoreSession();
  if (session.phase !== 'ready') {
    throw redirect({ to: '/login', search: { next: location.href } });
  }
  if (session.me.must_change_password && location.pathname !== '/password') {
    throw redirect({ to: '/password' });
  }
  const own = location.pathname === '/account' || location.pathname === '/password';
  if (session.me.totp_enrolment_required && !session.me.totp_enabled && !own) {
    throw redirect({ to: '/account' });
  }
}

/** `beforeLoad` of a screen: one of the permissions is needed, else the page says whom to ask. */
export function needs(...permissions: [Permission, ...Permission[]]) {
  return () => {
    if (!canAny(...permissions)) throw new NoPermissionError(permissions[0]);
  };
}
