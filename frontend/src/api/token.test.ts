import { beforeEach, expect, test, vi } from 'vitest';
import type * as TokenModule from './token';

const part = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/, '');
/** An unsigned token as the server would give; only its claims matter here. */
const jwt = (sub: string, n: number) =>
  `${part({ alg: 'none' })}.${part({ sub, n, pos: [], line: [], epoch: 1, exp: 1 })}.x`;
const answer = (sub: string, n: number) =>
  Response.json({ access_token: jwt(sub, n), expires_in: 600 });

let module: typeof TokenModule;
beforeEach(async () => {
  vi.resetModules();
  module = await import('./token');
});

test('many callers at once make one refresh', async () => {
  const fetch = vi.fn(async () => answer('a', 1));
  vi.stubGlobal('fetch', fetch);
  const tokens = await Promise.all([1, 2, 3].map(() => module.accessToken()));
  expect(new Set(tokens)).toEqual(new Set([jwt('a', 1)]));
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('a good token is used again, a refused one is not', async () => {
  let n = 0;
  const fetch = vi.fn(async () => answer('a', ++n));
  vi.stubGlobal('fetch', fetch);
  const first = await module.accessToken();
  expect(await module.accessToken()).toBe(first);
  expect(await module.refresh(first ?? '')).toBe(jwt('a', 2));
  expect(fetch).toHaveBeenCalledTimes(2);
});

test('a token that another tab has just fetched spares the own refresh', async () => {
  const fetch = vi.fn(async () => answer('a', 9));
  vi.stubGlobal('fetch', fetch);
  // The other tab holds the lock; it broadcasts before it lets go.
  vi.stubGlobal('navigator', {
    locks: {
      request: async (_: string, run: () => Promise<unknown>) => {
        module.acceptToken({ access_token: jwt('a', 7), expires_in: 600 });
        return run();
      },
    },
  });
  expect(await module.accessToken()).toBe(jwt('a', 7));
  expect(fetch).not.toHaveBeenCalled();
});

test('without a session there is no token and no error', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 401 }));
  expect(await module.accessToken()).toBeNull();
});

test('no network is told apart from no session', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('failed');
  });
  await expect(module.accessToken()).rejects.toMatchObject({ name: 'NetworkError' });
});

test('claims with Chinese text are read', () => {
  const bytes = new TextEncoder().encode(JSON.stringify({ sub: '王芳', pos: [], line: [] }));
  const text = btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_');
  expect(module.parseClaims(`x.${text}.x`).sub).toBe('王芳');
});

test('other rights in a new token are told, the same rights are not', async () => {
  const told = vi.fn();
  module.whenRightsChange(told);
  const token = (epoch: number, n: number) => ({
    access_token: `x.${part({ sub: 'a', n, pos: [], line: [], epoch, exp: 1 })}.x`,
    expires_in: 600,
  });
  module.acceptToken(token(1, 1));
  module.acceptToken(token(1, 2));
  await Promise.resolve();
  expect(told).not.toHaveBeenCalled();
  module.acceptToken(token(2, 3));
  await Promise.resolve();
  expect(told).toHaveBeenCalledTimes(1);
});
