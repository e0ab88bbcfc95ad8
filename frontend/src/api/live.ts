import { createStore } from '@/ui/store';
import type { Kind } from './client';
import { reloadAll, reloadKind } from './query';
import { accessToken } from './token';

/** A record that somebody has changed. */
export interface LiveEvent {
  kind: Kind;
  id: string;
}

/** Whether changes made by others arrive by themselves at the moment. */
export const liveStore = createStore<boolean>(false);

/** What the stream says: a change, or that some may have been missed. */
export type Told = LiveEvent | 'reload';

type Message = { told: Told } | { up: boolean } | { ask: true };

/** A new stream begins with the changes of the server's last ten seconds; two are left for the way. */
const REMEMBERED_MS = 8_000;

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
  // What this tab shows is as fresh as this, or was read later.
  let heard = Date.now();
  const recent: { at: number; told: Told }[] = [];

  const setUp = (up: boolean) => {
    if (up !== liveStore.get()) heard = Date.now();
    liveStore.set(up);
    if (leading) tell({ up });
  };
  const hear = (told: Told) => void (told === 'reload' ? reloadAll() : reloadKind(told.kind));
  channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('told' in data) hear(data.told);
    else if ('up' in data && !leading) setUp(data.up);
    else if ('ask' in data && leading) {
      tell({ up: liveStore.get() });
      // The tab that asks read its page before it could listen.
      for (const one of recent) if (Date.now() - one.at < REMEMBERED_MS) tell({ told: one.told });
    }
  });
  signal.addEventListener('abort', () => {
    setUp(false);
    channel?.close();
  });
  tell({ ask: true });

  const pass = (told: Told) => {
    while (recent[0] && Date.now() - recent[0].at > REMEMBERED_MS) recent.shift();
    recent.push({ at: Date.now(), told });
    hear(told);
    tell({ told });
  };
  const lead = async () => {
    if (liveStore.get()) heard = Date.now();
    leading = true;
    let again = false;
    await keepReading(
      signal,
      (up) => {
        // After a gap nobody knows what changed in it.
        if (up && (again || Date.now() - heard > REMEMBERED_MS)) pass('reload');
        again ||= up;
        setUp(up);
      },
      pass,
    );
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
  onTold: (told: Told) => void,
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
        await readEvents(response.body, onTold);
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
  onTold: (told: Told) => void,
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
      const lines = block.split(/\r?\n/);
      const data = lines
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      if (!data) continue;
      try {
        const event = JSON.parse(data) as LiveEvent;
        onTold(lines.includes('event: reload') ? 'reload' : event);
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
