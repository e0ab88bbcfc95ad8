import { lang } from '@/locales/lang';
import type { Schema } from './client';
import { NetworkError, ProblemError } from './problem';

/** What login and refresh answer with: a token, and whose it is. */
export type Session = Schema<'Session'>;
type Me = Session['me'];

/** The access token with its bearer; the device counts its life by its own clock. */
interface Bearer {
  token: string;
  until: number;
  me: Me;
}
type Message = { kind: 'token'; answer: Session } | { kind: 'signed_out' };

/** Seconds before its end at which a token is renewed ahead of a call. */
const RENEW_BEFORE = 20;

let held: Bearer | null = null;
let pending: Promise<Bearer | null> | null = null;
let onForeignChange: () => void = () => {};
let onNewRights: (me: Me) => void = () => {};

// Tabs tell each other about new tokens, so that one refresh serves all of them. Safari 14 has no
// BroadcastChannel; there each tab refreshes for itself, which the server's 30 s grace allows.
const channel =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('wuye.session');
channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  const before = held?.me.account_id;
  if (data.kind === 'signed_out') {
    held = null;
    if (before) onForeignChange();
    return;
  }
  keep(data.answer);
  if (before && before !== data.answer.me.account_id) onForeignChange();
});

/** Called when another tab signs out, or signs in as somebody else. */
export function whenForeignChange(run: () => void): void {
  onForeignChange = run;
}

/** Called when a new token tells of other posts or rights: an acting period has begun, a post has ended. */
export function whenRightsChange(run: (me: Me) => void): void {
  onNewRights = run;
}

function keep({ access_token, expires_in, me }: Session): void {
  const before = held?.me;
  // The device's clock may be wrong by hours: count from the answer.
  held = { token: access_token, until: Date.now() / 1000 + expires_in, me };
  if (before?.account_id === me.account_id && JSON.stringify(before) !== JSON.stringify(me)) {
    queueMicrotask(() => onNewRights(me));
  }
}

/** Takes a fresh token (from login or refresh) into memory and gives it to the other tabs. */
export function acceptToken(answer: Session): void {
  keep(answer);
  channel?.postMessage({ kind: 'token', answer } satisfies Message);
}

export function dropToken(tellOthers = false): void {
  held = null;
  if (tellOthers) channel?.postMessage({ kind: 'signed_out' } satisfies Message);
}

const usable = (candidate: Bearer | null): candidate is Bearer =>
  candidate !== null && candidate.until - RENEW_BEFORE > Date.now() / 1000;

/** Who works here with a token that is still good for a while; null when nobody is signed in. */
export async function bearer(): Promise<Bearer | null> {
  return usable(held) ? held : renewed();
}

/** A token that is still good for a while, if there is one at hand: a request that has it goes out at once, in the midst of a rendering. */
export const tokenAtHand = (): string | undefined => (usable(held) ? held.token : undefined);

/** A token that is still good for a while, renewed when needed; null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  return (await bearer())?.token ?? null;
}

/** Gets a new access token by the refresh cookie. `refused` is the token the server has just turned down, if any. */
export async function refresh(refused?: string): Promise<string | null> {
  return (await renewed(refused))?.token ?? null;
}

/**
 * However many calls and tabs ask at once, one request is made: calls of a tab share a promise, tabs take turns by a Web Lock
 * and the later ones find the token that the first has broadcast.
 */
function renewed(refused?: string): Promise<Bearer | null> {
  pending ??= inTurn(async () => {
    if (usable(held) && held.token !== refused) return held;
    return askServer();
  }).finally(() => {
    pending = null;
  });
  return pending;
}

async function inTurn<T>(run: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return run();
  // Mostly nobody else is at it. Who has been a moment ago and could not yet tell: the server's 30 s grace allows a second one.
  const alone = await navigator.locks.request(
    'wuye.refresh',
    { ifAvailable: true },
    async (lock) => (lock ? { gives: await run() } : null),
  );
  if (alone) return alone.gives;
  return navigator.locks.request('wuye.refresh', async () => {
    // Let a token that was broadcast just before the lock came free arrive first.
    await new Promise((resolve) => setTimeout(resolve, 0));
    return run();
  }) as Promise<T>;
}

async function askServer(): Promise<Bearer | null> {
  let response: Response;
  try {
    response = await fetch('/api/v1/auth/refresh', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Accept-Language': lang() },
    });
  } catch {
    throw new NetworkError();
  }
  if (response.status === 401 || response.status === 403) {
    held = null;
    return null;
  }
  if (!response.ok) throw await ProblemError.from(response);
  acceptToken((await response.json()) as Session);
  return held;
}
