import { expect, test } from 'vitest';
import { type LiveEvent, readEvents } from './live';

const stream = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });

test('events are read across chunk borders, heartbeats and foreign lines skipped', async () => {
  const seen: LiveEvent[] = [];
  await readEvents(
    stream(
      ': ping\n\nid: 1\ndata: {"kind":"case",',
      '"id":"c1"}\n\nevent: x\ndata: not json\n\n',
      'data: {"kind":"work_order","id":"o1"}\r\n\r\ndata: {"kind":"cut"',
    ),
    (event) => seen.push(event),
  );
  expect(seen).toEqual([
    { kind: 'case', id: 'c1' },
    { kind: 'work_order', id: 'o1' },
  ]);
});
