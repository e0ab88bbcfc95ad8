import { type APIResponse, expect, request } from '@playwright/test';

/** Somebody who works through the API while others look on. */
export interface Caller {
  get: <T>(path: string) => Promise<T>;
  post: <T>(path: string, body: object) => Promise<T>;
  /** The answer as it is, for what may be refused. */
  send: (method: string, path: string, body?: object, ifMatch?: string) => Promise<APIResponse>;
  /** Keeps a picture and gives its id. */
  upload: (name: string, picture: Buffer) => Promise<string>;
  leave: () => Promise<void>;
}

/** Signs in apart from the page, whose own session is left alone. */
export async function signedIn(baseURL: string, username: string): Promise<Caller> {
  const context = await request.newContext({ baseURL });
  const { password } = await (await context.get('/api/v1/demo-accounts')).json();
  const login = await context.post('/api/v1/auth/login', { data: { username, password } });
  expect(login.ok(), `login of ${username}: ${login.status()}`).toBe(true);
  const { access_token } = await login.json();
  const send = (method: string, path: string, body?: object, ifMatch?: string) =>
    context.fetch(`/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${access_token}`,
        'idempotency-key': crypto.randomUUID(),
        ...(ifMatch && { 'if-match': ifMatch }),
      },
      ...(body && { data: body }),
    });
  const answer = async (method: string, path: string, body?: object) => {
    const given = await send(method, path, body);
    expect(given.ok(), `${method} ${path}: ${given.status()} ${await given.text()}`).toBe(true);
    return given.json();
  };
  const upload = async (name: string, buffer: Buffer) => {
    const given = await context.post('/api/v1/files', {
      headers: { authorization: `Bearer ${access_token}` },
      multipart: { file: { name, mimeType: 'image/png', buffer } },
    });
    expect(given.ok(), `upload: ${given.status()} ${await given.text()}`).toBe(true);
    return (await given.json()).id as string;
  };
  return {
    get: (path) => answer('GET', path),
    post: (path, body) => answer('POST', path, body),
    send,
    upload,
    leave: () => context.dispose(),
  };
}
