import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { preview } from 'vite';

const START_MS = 240_000;

/** A running server with a place of its own. */
export interface Server {
  url: string;
  /** Everything it has printed so far. */
  said: () => string;
  stop: () => Promise<void>;
}

/**
 * Starts `wuye serve` on a free port; WUYE_BIN names the program (default: the debug build). The
 * program brings the pages it was built with; with WUYE_SPA=dist those of this folder's `dist/` are
 * shown in their place.
 */
export async function launch(args: string[], more: Record<string, string> = {}): Promise<Server> {
  const program = process.env.WUYE_BIN ?? resolve('../target/debug/wuye');
  const data = await mkdtemp(join(tmpdir(), 'wuye-browser-'));
  await chmod(data, 0o755); // the database runs as another user when the tests run as root
  const { DATABASE_URL: _, ...env } = process.env;
  const server = spawn(
    program,
    ['serve', ...args, '--listen', '127.0.0.1:0', '--data-dir', join(data, 'd')],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, NO_COLOR: '1', ...more } },
  );
  let said = '';
  const read = (chunk: Buffer) => {
    said += chunk.toString();
  };
  server.stdout?.on('data', read);
  server.stderr?.on('data', read);
  try {
    const url = await address(server, () => said);
    await ready(url);
    const pages = process.env.WUYE_SPA === 'dist' ? await ownPages(url) : null;
    return {
      url: pages?.url ?? url,
      said: () => said,
      stop: async () => {
        await pages?.stop();
        await stop(server, data);
      },
    };
  } catch (error) {
    await stop(server, data);
    throw error;
  }
}

/** This folder's build on a free port, everything else passed on to the server at `target`. */
async function ownPages(target: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const pass = { target, changeOrigin: false };
  const pages = await preview({
    logLevel: 'warn',
    preview: {
      host: '127.0.0.1',
      port: 0,
      proxy: { '/api': pass, '/docs': pass, '/healthz': pass, '/openapi.json': pass },
    },
  });
  const url = pages.resolvedUrls?.local[0]?.replace(/\/$/, '');
  if (!url) throw new Error('the pages got no address');
  return { url, stop: () => pages.close() };
}

/** The address that the server prints. */
function address(server: ChildProcess, said: () => string): Promise<string> {
  return new Promise((found, failed) => {
    const give = (why: string) => failed(new Error(`${why}; it said:\n${said().slice(-4000)}`));
    const timer = setTimeout(() => give('the server printed no address in time'), START_MS);
    const look = () => {
      const match = /http:\/\/(?:127\.0\.0\.1|localhost):(?!0\b)\d+/.exec(said());
      if (match) {
        clearTimeout(timer);
        found(match[0]);
      }
    };
    server.stdout?.on('data', look);
    server.stderr?.on('data', look);
    server.once('error', (error) => give(`the server could not be started (${error.message})`));
    server.once('exit', (code) => give(`the server ended with ${code}`));
  });
}

async function ready(url: string): Promise<void> {
  const end = Date.now() + START_MS;
  while (Date.now() < end) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((next) => setTimeout(next, 250));
  }
  throw new Error('the server was not ready in time');
}

async function stop(server: ChildProcess, data: string): Promise<void> {
  if (server.exitCode === null && server.pid !== undefined) {
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    const late = setTimeout(() => server.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(late);
  }
  // The database is still leaving when its server has left.
  await rm(data, { recursive: true, force: true, maxRetries: 20 });
}
