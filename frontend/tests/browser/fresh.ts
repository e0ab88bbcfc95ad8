import { test as base } from './fixtures';
import { launch, type Server } from './server';
import { totp } from './totp';

// A server without demo data, as a stranger starts it: one for each file that asks for it.

export const ADMIN = { username: 'admin', password: 'lakeside-2026-Garden' };
export const ESTATE = '翠湖花园';

/** The code that the console of a new server shows. */
export const setupCode = (server: Server) => /enter the code (\w+)/.exec(server.said())?.[1] ?? '';

const withServer = (prepare: (server: Server) => Promise<void>) =>
  base.extend<object, { server: Server }>({
    server: [
      // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
      async ({}, use) => {
        const server = await launch([]);
        await prepare(server);
        await use(server);
        await server.stop();
      },
      { scope: 'worker', timeout: 240_000 },
    ],
    baseURL: async ({ server }, use) => use(server.url),
  });

/** Nobody has been there. */
export const untouched = withServer(async () => {});

/** The administrator has made the first estate and logs in by password alone. */
export const setUp = withServer(async ({ url, said, stop }) => {
  const send = async (path: string, body: object, token?: string) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const login = async (more = {}) =>
    (await send('/auth/login', { ...ADMIN, ...more })).access_token as string;
  const code = setupCode({ url, said, stop });
  await send('/auth/setup', { ...ADMIN, code, estate_name: ESTATE });
  // An administrator must set up one-time codes before anything else, the setting that says so too.
  const first = await login();
  const { secret } = await send('/me/totp', {}, first);
  const { codes } = await send('/me/totp/confirm', { code: totp(secret) }, first);
  const second = await login({ totp: codes[0] });
  const off = { key: 'access.totp_required', value: 0, reason: '测试' };
  await send('/settings', off, second);
  await send('/me/totp/remove', { password: ADMIN.password }, second);
});
