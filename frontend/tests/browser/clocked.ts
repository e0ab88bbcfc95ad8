import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { test as base, expect } from './fixtures';
import { launch } from './server';

// A demo server of its own whose clock the tests move: libfaketime between the server and the system.

const LIBRARY = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
].find((path) => existsSync(path));

/** The clock of one server. */
export interface Clock {
  /** Where the server reads it. */
  file: string;
  /** What it shows. */
  now: () => Date;
  /** Sets it to a time of the estate, written without its zone: `2026-03-10T10:00`. Who signed in before is signed out by it. */
  set: (time: string) => Promise<void>;
  /** Whoever reads it; [set] returns when this one has seen the change. */
  reader?: { url: string };
}

interface Clocked {
  clock: Clock;
  clockedUrl: string;
}

interface Hands {
  /** Somebody's page by the server's clock, signed in, at `path`. */
  at: (username: string, path: string) => Promise<Page>;
}

/** Tests that begin at `start`, a time of the estate. */
export const clockedFrom = (start: string) =>
  base.extend<Hands, Clocked>({
    clock: [
      // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
      async ({}, use) => {
        if (!LIBRARY) throw new Error('libfaketime is not installed (apt: faketime)');
        const place = await mkdtemp(join(tmpdir(), 'wuye-clock-'));
        const file = join(place, 'clock');
        let ahead = 0;
        const set = async (time: string) => {
          ahead = new Date(`${time}:00+08:00`).getTime() - Date.now();
          // By renaming, so that nobody reads half of it.
          await writeFile(`${file}.new`, `${Math.round(ahead / 1000)}\n`.replace(/^(?!-)/, '+'));
          await rename(`${file}.new`, file);
          const { reader } = clock;
          // Whoever signs in before the server has seen it holds a token of yesterday.
          if (reader) {
            await expect
              .poll(async () => {
                const { headers } = await fetch(`${reader.url}/healthz`);
                return Math.abs(Date.parse(headers.get('date') ?? '') - clock.now().getTime());
              })
              .toBeLessThan(60_000);
          }
        };
        const clock: Clock = { now: () => new Date(Date.now() + ahead), set, file };
        await set(start);
        await use(clock);
        await rm(place, { recursive: true, force: true });
      },
      { scope: 'worker' },
    ],
    clockedUrl: [
      async ({ clock }, use) => {
        const server = await launch(['--demo', '--rooms', '120'], {
          LD_PRELOAD: LIBRARY ?? '',
          FAKETIME_TIMESTAMP_FILE: clock.file,
          // Read anew each second, so that the running server sees the jump.
          FAKETIME_CACHE_DURATION: '1',
          // Timers run on: it is the calendar that jumps.
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
        });
        clock.reader = server;
        await use(server.url);
        await server.stop();
      },
      { scope: 'worker', timeout: 240_000 },
    ],
    baseURL: async ({ clockedUrl }, use) => use(clockedUrl),
    at: async ({ as, clock }, use) => {
      await use(async (username, path) => {
        const page = await as(username);
        await page.clock.setSystemTime(clock.now());
        await page.goto(path);
        return page;
      });
    },
  });

export { expect };
