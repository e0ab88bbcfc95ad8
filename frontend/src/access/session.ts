import { api, ok, type Schema } from '@/api/client';
import { NetworkError } from '@/api/problem';
import { whenSessionEnds } from '@/api/send';
import { acceptToken, bearer, dropToken, whenForeignChange, whenRightsChange } from '@/api/token';
import { createStore, local, useStore } from '@/ui/store';

export type Me = Schema<'Me'>;

/**
 * Who works here. `offline` means that the server could not be asked and the device remembers its
 * last user: phone pages go on with what they have; nothing else does.
 */
export type Session =
  | { phase: 'unknown' }
  | { phase: 'anonymous'; ended: boolean }
  | { phase: 'ready'; me: Me; offline: boolean };

const REMEMBERED = 'wuye.me';
const cleanups = new Set<() => void | Promise<void>>();

export const sessionStore = createStore<Session>({ phase: 'unknown' });
export const useSession = () => useStore(sessionStore);

/** The signed-in person; only for screens behind a guard. */
export function useMe(): Me {
  const session = useSession();
  if (session.phase !== 'ready') throw new Error('useMe outside a guarded route');
  return session.me;
}

export function me(): Me | null {
  const session = sessionStore.get();
  return session.phase === 'ready' ? session.me : null;
}

/** Registers what must be forgotten when the person leaves (caches; never the offline queue). */
export function onSignOut(run: () => void | Promise<void>): void {
  cleanups.add(run);
}

let restoring: Promise<Session> | null = null;

/** Finds out who is signed in, once per page load and again after an offline start. */
export function restoreSession(): Promise<Session> {
  const now = sessionStore.get();
  if (now.phase === 'ready' && !now.offline) return Promise.resolve(now);
  if (now.phase === 'anonymous') return Promise.resolve(now);
  restoring ??= load().finally(() => {
    restoring = null;
  });
  return restoring;
}

async function load(): Promise<Session> {
  let next: Session;
  try {
    const present = await bearer();
    next = present ? remember(present.me) : { phase: 'anonymous', ended: false };
  } catch (error) {
    const remembered = local.getJson<Me>(REMEMBERED);
    if (!(error instanceof NetworkError) || !remembered) throw error;
    next = { phase: 'ready', me: remembered, offline: true };
  }
  sessionStore.set(next);
  return next;
}

function remember(person: Me): Session {
  local.set(REMEMBERED, JSON.stringify(person));
  return { phase: 'ready', me: person, offline: false };
}

/** Reads posts and permissions anew, e.g. after an acting period has begun or a password is set. */
export async function reloadMe(): Promise<void> {
  sessionStore.set(remember(await ok(api.GET('/api/v1/me'))));
}

export async function signIn(username: string, password: string, totp?: string): Promise<Me> {
  const body = totp ? { username, password, totp } : { username, password };
  const opened = await ok(api.POST('/api/v1/auth/login', { body }));
  acceptToken(opened);
  sessionStore.set(remember(opened.me));
  return opened.me;
}

/** Ends the session here, or on all devices. Works without network too: this device forgets. */
export async function signOut(everywhere = false): Promise<void> {
  try {
    await api.POST(everywhere ? '/api/v1/auth/logout-everywhere' : '/api/v1/auth/logout');
  } catch (error) {
    if (everywhere) throw error;
  }
  dropToken(true);
  await forget(false);
}

async function forget(ended: boolean): Promise<void> {
  local.set(REMEMBERED, null);
  for (const run of cleanups) await run();
  sessionStore.set({ phase: 'anonymous', ended });
}

whenSessionEnds(() => {
  dropToken();
  void forget(true);
});
whenRightsChange((person) => sessionStore.set(remember(person)));
// Another tab has signed out or changed the person: start over rather than mix two people's data.
whenForeignChange(() => location.reload());
