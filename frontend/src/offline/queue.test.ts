import { Blob as NodeBlob, File as NodeFile } from 'node:buffer';
import { beforeEach, expect, test, vi } from 'vitest';
import { acceptToken } from '@/api/token';
import { session } from '../../tests/session';
import { discard, doneHere, flush, openQueue, perform, putAt, queueStore, whenSent } from './queue';

const signIn = (account: string) => acceptToken(session(account, account));

interface Asked {
  path: string;
  key: string | null;
  body: unknown;
}
let online = true;
let answer: (path: string) => Response;
const asked: Asked[] = [];
let count = 0;
/** A person of their own for each test: the database lives as long as the file runs. */
let person = '';

beforeEach(async () => {
  online = true;
  answer = () => Response.json({ id: 'made' });
  asked.length = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (!online) throw new TypeError('no network');
    const path = new URL(request.url).pathname;
    const json = request.headers.get('content-type')?.includes('json');
    asked.push({
      path,
      key: request.headers.get('Idempotency-Key'),
      body: json ? await request.json() : 'file',
    });
    return answer(path);
  });
  person = `person-${++count}`;
  signIn(person);
  await openQueue(person);
});

const act = (label: string, more = {}) =>
  perform({ label, path: '/api/v1/orders/1/finish', body: { label }, ...more });
const labels = () => queueStore.get().items.map((entry) => entry.label);

test('with network an action is sent at once and nothing waits', async () => {
  const told = vi.fn();
  whenSent(told);
  expect(await act('完工', { kinds: ['work_order'] })).toBe(true);
  expect(labels()).toEqual([]);
  expect(told).toHaveBeenCalledWith(['work_order']);
});

test('an accepted action counts as done until the pages have read what became of it', async () => {
  let read = () => {};
  whenSent(
    () =>
      new Promise<void>((done) => {
        read = done;
      }),
  );
  const done = () => doneHere(queueStore.get()).map((entry) => entry.label);
  expect(await act('到场')).toBe(true);
  expect([labels(), done()]).toEqual([[], ['到场']]);
  read();
  await vi.waitFor(() => expect(done()).toEqual([]));
});

test('without network actions wait and are sent later in the order they were made', async () => {
  online = false;
  expect(await act('到场')).toBe(false);
  expect(await act('完工')).toBe(false);
  expect(labels()).toEqual(['到场', '完工']);
  online = true;
  await flush();
  expect(asked.map((one) => one.body)).toEqual([{ label: '到场' }, { label: '完工' }]);
  expect(labels()).toEqual([]);
});

test('an action whose answer was lost is sent again with the same key', async () => {
  answer = () => new Response(null, { status: 503 });
  await act('完工');
  answer = () => Response.json({});
  await flush();
  expect(asked).toHaveLength(2);
  expect(asked[0]?.key).toBeTruthy();
  expect(asked[1]?.key).toBe(asked[0]?.key);
});

test('the queue belongs to its person: invisible to the next, there again after a new login', async () => {
  online = false;
  await act('完工');
  await openQueue(null);
  expect(labels()).toEqual([]);
  online = true;
  signIn('somebody-else');
  await openQueue('somebody-else');
  await flush();
  expect(labels()).toEqual([]);
  expect(asked).toEqual([]);
  signIn(person);
  await openQueue(person);
  await flush();
  expect(asked.map((one) => one.body)).toEqual([{ label: '完工' }]);
});

test('a waiting action that the server refuses stays to be read, and does not hold up the next', async () => {
  online = false;
  await act('完工');
  await act('到场');
  online = true;
  let first = true;
  answer = () => {
    if (!first) return Response.json({});
    first = false;
    return new Response(JSON.stringify({ status: 409, detail: '工单已改派' }), {
      status: 409,
      headers: { 'content-type': 'application/problem+json' },
    });
  };
  await flush();
  expect(queueStore.get().items.map((entry) => [entry.label, entry.refused])).toEqual([
    ['完工', '工单已改派'],
  ]);
  await flush();
  expect(asked).toHaveLength(2); // refused ones are not tried again by themselves
  await discard(queueStore.get().items[0]?.key ?? '');
  expect(labels()).toEqual([]);
});

test('an action refused at once is thrown to its screen and not kept', async () => {
  answer = () =>
    new Response(JSON.stringify({ status: 422, detail: '请写明处理结果' }), {
      status: 422,
      headers: { 'content-type': 'application/problem+json' },
    });
  await expect(act('完工')).rejects.toThrow('请写明处理结果');
  expect(labels()).toEqual([]);
});

test('photos go first, once each, and their ids stand in the body', async () => {
  let tries = 0;
  answer = (path) => {
    if (path.endsWith('/files')) return Response.json({ id: `photo-${asked.length}` });
    tries += 1;
    return tries === 1 ? new Response(null, { status: 503 }) : Response.json({});
  };
  // jsdom's Blob and FormData are unknown to Node's fetch and structured clone.
  const empty = await new Response(new URLSearchParams()).formData();
  vi.stubGlobal('FormData', empty.constructor);
  vi.stubGlobal('Blob', NodeBlob);
  vi.stubGlobal('File', NodeFile);
  const blob = new Blob(['x'], { type: 'image/jpeg' });
  await act('完工', {
    files: [
      { pointer: '/photo_ids/-', name: '1.jpg', blob },
      { pointer: '/photo_ids/-', name: '2.jpg', blob },
    ],
  });
  await flush();
  expect(asked.filter((one) => one.body === 'file')).toHaveLength(2);
  expect(asked.at(-1)?.body).toEqual({ label: '完工', photo_ids: ['photo-1', 'photo-2'] });
});

test('putAt follows pointers and appends', () => {
  const body: Record<string, unknown> = { a: [1] };
  putAt(body, '/a/-', 2);
  putAt(body, '/b/c', 3);
  putAt(body, '/d/-', 4);
  expect(body).toEqual({ a: [1, 2], b: { c: 3 }, d: [4] });
});
