import { beforeEach, expect, test, vi } from 'vitest';
import { session } from '../../tests/session';
import type * as SendModule from './send';
import type * as TokenModule from './token';

const jwt = (n: number) => `token ${n}`;
const url = (path: string) => new URL(path, location.origin);

let sending: typeof SendModule;
let tokens: typeof TokenModule;
beforeEach(async () => {
  vi.resetModules();
  tokens = await import('./token');
  sending = await import('./send');
});

/** Answers calls from a list and keeps what was asked. */
function server(...answers: ((request: Request) => Response)[]) {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(url(input), init);
    asked.push(request);
    const answer = answers.shift();
    if (!answer) throw new TypeError('no network');
    return answer(request);
  });
  return asked;
}
const fresh = (n: number) => () => Response.json(session(jwt(n)));
const problem =
  (status: number, body: object = {}) =>
  () =>
    new Response(JSON.stringify({ status, ...body }), {
      status,
      headers: { 'content-type': 'application/problem+json' },
    });

test('a call carries token, language and, for POST, an idempotency key', async () => {
  await (await import('@/locales/lang')).setLang('en');
  tokens.acceptToken(session(jwt(1)));
  const asked = server(() => Response.json({}));
  await sending.send(new Request(url('/api/v1/cases'), { method: 'POST', body: '{}' }));
  const headers = asked[0]?.headers;
  expect(headers?.get('Authorization')).toBe(`Bearer ${jwt(1)}`);
  expect(headers?.get('Accept-Language')).toBe('en');
  expect(headers?.get('Idempotency-Key')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

test('a refused token is renewed once and the call repeated with the same key and body', async () => {
  tokens.acceptToken(session(jwt(1)));
  const asked = server(problem(401), fresh(2), () => Response.json({ done: true }));
  const response = await sending.send(
    new Request(url('/api/v1/cases'), { method: 'POST', body: '{"text":"漏水"}' }),
  );
  expect(await response.json()).toEqual({ done: true });
  expect(asked.map((one) => new URL(one.url).pathname)).toEqual([
    '/api/v1/cases',
    '/api/v1/auth/refresh',
    '/api/v1/cases',
  ]);
  expect(asked[2]?.headers.get('Authorization')).toBe(`Bearer ${jwt(2)}`);
  expect(asked[2]?.headers.get('Idempotency-Key')).toBe(asked[0]?.headers.get('Idempotency-Key'));
  expect(await asked[2]?.text()).toBe('{"text":"漏水"}');
});

test('when the session is over, it is told once and the problem thrown', async () => {
  tokens.acceptToken(session(jwt(1)));
  server(problem(401, { code: 'unauthenticated' }), problem(401));
  const over = vi.fn();
  sending.whenSessionEnds(over);
  await expect(sending.send(new Request(url('/api/v1/cases')))).rejects.toMatchObject({
    name: 'ProblemError',
    status: 401,
    code: 'unauthenticated',
  });
  expect(over).toHaveBeenCalledTimes(1);
});

test('a problem document becomes an error with its fields', async () => {
  tokens.acceptToken(session(jwt(1)));
  const errors = [{ pointer: '/house', code: 'unknown', message: '没有这套房屋' }];
  server(problem(422, { code: 'invalid', title: '内容有误', detail: '有 1 处有误', errors }));
  await expect(sending.send(new Request(url('/api/v1/cases')))).rejects.toMatchObject({
    code: 'invalid',
    detail: '有 1 处有误',
    errors,
  });
});

test('an answer that is no problem document still gives a sentence', async () => {
  tokens.acceptToken(session(jwt(1)));
  server(() => new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }));
  await expect(sending.send(new Request(url('/api/v1/cases')))).rejects.toMatchObject({
    status: 502,
    detail: '请求没有成功（502）',
  });
});

test('the login asks for no token and does not end a session', async () => {
  const asked = server(problem(401, { code: 'bad_credentials' }));
  const over = vi.fn();
  sending.whenSessionEnds(over);
  const login = new Request(url('/api/v1/auth/login'), { method: 'POST', body: '{}' });
  await expect(sending.send(login)).rejects.toMatchObject({ code: 'bad_credentials' });
  expect(asked).toHaveLength(1);
  expect(over).not.toHaveBeenCalled();
});
