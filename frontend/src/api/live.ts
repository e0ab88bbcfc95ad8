import { createStore } from '@/ui/store';
import type { Kind } from './client';
import { reloadKind } from './query';
import { accessToken } from './token';

/** A record that somebody has changed. */
export interface LiveEvent {
  kind: Kind;
  id: string;
}

/** Whether changes made by others arrive by themselves at the moment. */
export const liveStore = createStore<boolean>(false);

type Message = { event: LiveEvent } | { up: boolean } | { ask: true };

/**
 * Follows the server's event stream while `signal` lives. One tab holds the connection (a browser
 * allows six to a host) and tells the others; when it closes, the next tab takes over. `fetch`
 * instead of EventSource because the latter cannot send the token.
 */
export function followLive(signal: AbortSignal): void {
  const channel =
    typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('wuye.live');
  const tell = (message: Message) => channel?.postMessage(message);
  let leading = false;

  const setUp = (up: boolean) => {
    liveStore.set(up);
    if (leading) tell({ up });
  };
  channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('event' in data) reloadKind(data.event.kind);
    else if ('up' in data && !leading) liveStore.set(data.up);
    else if ('ask' in data && leading) tell({ up: liveStore.get() });
  });
  signal.addEventListener('abort', () => {
    setUp(false);
    channel?.close();
  });
  tell({ ask: true });

  const lead = async () => {
    leading = true;
    await keepReading(signal, setUp, (event) => {
      reloadKind(event.kind);
      tell({ event });
    });
  };
  if (navigator.locks && channel) {
    navigator.locks.request('wuye.live', { signal }, lead).catch(() => {});
  } else {
    void lead();
  }
}

async function keepReading(
  signal: AbortSignal,
  setUp: (up: boolean) => void,
  onEvent: (event: LiveEvent) => void,
): Promise<void> {
  let wait = 1_000;
  while (!signal.aborted) {
    try {
      const bearer = await accessToken();
      const response = await fetch('/api/v1/events', {
        headers: { Accept: 'text/event-stream', Authorization: `Bearer ${bearer}` },
        signal,
      });
      if (response.ok && response.body) {
        setUp(true);
        wait = 1_000;
        await readEvents(response.body, onEvent);
      }
    } catch {
      // Cut off: connect again below.
    }
    setUp(false);
    if (signal.aborted) return;
    await pause(wait + Math.random() * 500, signal);
    wait = Math.min(wait * 2, 30_000);
  }
}

/** Splits a `text/event-stream` body into events; comments (heartbeats) are skipped. */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: LiveEvent) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block
        .split(/\r?\n/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      if (!data) continue;
      try {
        onEvent(JSON.parse(data) as LiveEvent);
      } catch {
        // Not one of ours.
      }
    }
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
