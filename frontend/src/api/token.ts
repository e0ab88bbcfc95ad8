import { lang } from '@/locales/lang';
import { NetworkError, ProblemError } from './problem';

/** What the access token says about its bearer (the server checks it; here it only steers). */
export interface Claims {
  sub: string;
  emp?: string;
  pos: unknown[];
  line: string[];
  epoch: number;
  exp: number;
}
interface Token {
  value: string;
  claims: Claims;
}
interface TokenAnswer {
  access_token: string;
  expires_in: number;
}
type Message = { kind: 'token'; answer: TokenAnswer } | { kind: 'signed_out' };

/** Seconds before its end at which a token is renewed ahead of a call. */
const RENEW_BEFORE = 20;

let token: Token | null = null;
let pending: Promise<string | null> | null = null;
let onForeignChange: () => void = () => {};
let onNewRights: () => void = () => {};

// Tabs tell each other about new tokens, so that one refresh serves all of them. Safari 14 has no
// BroadcastChannel; there each tab refreshes for itself, which the server's 30 s grace allows.
const channel =
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('wuye.session');
channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  const before = token?.claims.sub;
  if (data.kind === 'signed_out') {
    token = null;
    if (before) onForeignChange();
    return;
  }
  keep(data.answer);
  if (before && before !== token?.claims.sub) onForeignChange();
});

/** Called when another tab signs out, or signs in as somebody else. */
export function whenForeignChange(run: () => void): void {
  onForeignChange = run;
}

/** Called when a new token tells of other posts: an acting period has begun, a post has ended. */
export function whenRightsChange(run: () => void): void {
  onNewRights = run;
}

export function parseClaims(jwt: string): Claims {
  const part = (jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
  const bytes = Uint8Array.from(atob(part), (char) => char.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
}

function keep(answer: TokenAnswer): void {
  const claims = parseClaims(answer.access_token);
  const rights = JSON.stringify([claims.epoch, claims.pos, claims.line]);
  const before = token && JSON.stringify([token.claims.epoch, token.claims.pos, token.claims.line]);
  if (before && before !== rights && token?.claims.sub === claims.sub) {
    queueMicrotask(() => onNewRights());
  }
  // The device's clock may be wrong by hours: count from the answer, not from `exp`.
  claims.exp = Date.now() / 1000 + answer.expires_in;
  token = { value: answer.access_token, claims };
}

/** Takes a fresh token (from login or refresh) into memory and gives it to the other tabs. */
export function acceptToken(answer: TokenAnswer): void {
  keep(answer);
  channel?.postMessage({ kind: 'token', answer } satisfies Message);
}

export function dropToken(tellOthers = false): void {
  token = null;
  if (tellOthers) channel?.postMessage({ kind: 'signed_out' } satisfies Message);
}

export const claims = (): Claims | null => token?.claims ?? null;

const usable = (candidate: Token | null): candidate is Token =>
  candidate !== null && candidate.claims.exp - RENEW_BEFORE > Date.now() / 1000;

/** A token that is still good for a while, renewed when needed; null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  return usable(token) ? token.value : refresh();
}

/**
 * Gets a new access token by the refresh cookie. However many calls and tabs ask at once, one
 * request is made: calls of a tab share a promise, tabs take turns by a Web Lock and the later ones
 * find the token that the first has broadcast. `refused` is the token the server has just turned
 * down, if any.
 */
export function refresh(refused?: string): Promise<string | null> {
  pending ??= inTurn(async () => {
    if (usable(token) && token.value !== refused) return token.value;
    return askServer();
  }).finally(() => {
    pending = null;
  });
  return pending;
}

async function inTurn<T>(run: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return run();
  return navigator.locks.request('wuye.refresh', async () => {
    // Let a token that was broadcast just before the lock came free arrive first.
    await new Promise((resolve) => setTimeout(resolve, 0));
    return run();
  }) as Promise<T>;
}

async function askServer(): Promise<string | null> {
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
    token = null;
    return null;
  }
  if (!response.ok) throw await ProblemError.from(response);
  acceptToken((await response.json()) as TokenAnswer);
  return token?.value ?? null;
}
