import { beforeEach, expect, test, vi } from 'vitest';
import { session } from '../../tests/session';
import type * as TokenModule from './token';

const answer = (token: string) => Response.json(session(token));

let module: typeof TokenModule;
beforeEach(async () => {
  vi.resetModules();
  module = await import('./token');
});

test('many callers at once make one refresh', async () => {
  const fetch = vi.fn(async () => answer('one'));
  vi.stubGlobal('fetch', fetch);
  const tokens = await Promise.all([1, 2, 3].map(() => module.accessToken()));
  expect(new Set(tokens)).toEqual(new Set(['one']));
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('a good token is used again, a refused one is not', async () => {
  let n = 0;
  const fetch = vi.fn(async () => answer(`token ${++n}`));
  vi.stubGlobal('fetch', fetch);
  const first = await module.accessToken();
  expect(await module.accessToken()).toBe(first);
  expect(await module.refresh(first ?? '')).toBe('token 2');
  expect(fetch).toHaveBeenCalledTimes(2);
});

test('a token that another tab has just fetched spares the own refresh', async () => {
  const fetch = vi.fn(async () => answer('nine'));
  vi.stubGlobal('fetch', fetch);
  // The other tab holds the lock; it broadcasts before it lets go.
  vi.stubGlobal('navigator', {
    locks: {
      request: async (
        _: string,
        ...rest: [{ ifAvailable: true }, (lock: null) => unknown] | [() => Promise<unknown>]
      ) => {
        if (rest.length === 2) return rest[1](null);
        module.acceptToken(session('seven'));
        return rest[0]();
      },
    },
  });
  expect(await module.accessToken()).toBe('seven');
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

test('a token tells whose it is', async () => {
  vi.stubGlobal('fetch', async () => Response.json(session('one', '王芳')));
  expect((await module.bearer())?.me.account_id).toBe('王芳');
});

test('other rights in a new token are told, the same rights and other people are not', async () => {
  const told = vi.fn();
  module.whenRightsChange(told);
  module.acceptToken(session('one', 'a'));
  module.acceptToken(session('two', 'a'));
  module.acceptToken(session('three', 'b', ['case.read']));
  await Promise.resolve();
  expect(told).not.toHaveBeenCalled();
  const other = session('four', 'b', ['case.read', 'case.create']);
  module.acceptToken(other);
  await Promise.resolve();
  expect(told.mock.calls).toEqual([[other.me]]);
});
