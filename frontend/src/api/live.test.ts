import { QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { session } from '../../tests/session';
import { followLive, readEvents, type Told } from './live';
import { queryClient } from './query';
import { acceptToken } from './token';

const stream = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });

test('events are read across chunk borders, heartbeats and foreign lines skipped', async () => {
  const seen: Told[] = [];
  await readEvents(
    stream(
      ': ping\n\nid: 1\ndata: {"kind":"case",',
      '"id":"c1"}\n\nevent: x\ndata: not json\n\n',
      'data: {"kind":"work_order","id":"o1"}\r\n\r\nevent: reload\ndata: {}\n\ndata: {"kind":"cut"',
    ),
    (event) => seen.push(event),
  );
  expect(seen).toEqual([{ kind: 'case', id: 'c1' }, { kind: 'work_order', id: 'o1' }, 'reload']);
});

let life: AbortController | undefined;
afterEach(() => {
  life?.abort();
  vi.useRealTimers();
});

/** Follows a stream that each call of the server answers with the next of `bodies`; how often the page was read. */
async function follow(...bodies: ReadableStream<Uint8Array>[]) {
  life?.abort();
  life = new AbortController();
  vi.useFakeTimers();
  acceptToken(session('one'));
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(bodies.shift() ?? open())),
  );
  const read = vi.fn(async () => 'page');
  queryClient.clear();
  const leave = new QueryObserver(queryClient, {
    queryKey: ['orders'],
    queryFn: read,
    meta: { kinds: ['work_order'] },
  }).subscribe(() => {});
  life.signal.addEventListener('abort', leave);
  followLive(life.signal);
  await vi.advanceTimersByTimeAsync(100);
  return { read, wait: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

/** A stream that stays open after `chunks`. */
const open = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
    },
  });

test('a page is read again when its kind changes and when the server says reload', async () => {
  const { read } = await follow(open(': hello\n\n'));
  expect(read).toHaveBeenCalledTimes(1);
  const other = await follow(open('data: {"kind":"case","id":"c"}\n\n'));
  expect(other.read).toHaveBeenCalledTimes(1);
  const own = await follow(open('data: {"kind":"work_order","id":"o"}\n\n'));
  expect(own.read).toHaveBeenCalledTimes(2);
  const reload = await follow(open('event: reload\ndata: {}\n\n'));
  expect(reload.read).toHaveBeenCalledTimes(2);
});

test('after a gap of the stream everything is read again: nobody knows what changed in it', async () => {
  const { read, wait } = await follow(stream(': hello\n\n'), open());
  expect(read).toHaveBeenCalledTimes(1);
  await wait(1_600);
  expect(read).toHaveBeenCalledTimes(2);
});
