import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const START_MS = 240_000;

/**
 * Starts a server with demo data in a place of its own, unless WUYE_URL names one, and gives its
 * address to the tests by that variable. WUYE_BIN names the program (default: the debug build).
 */
export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.WUYE_URL) return undefined;
  const program = process.env.WUYE_BIN ?? resolve('../target/debug/wuye');
  const data = await mkdtemp(join(tmpdir(), 'wuye-browser-'));
  await chmod(data, 0o755); // the database runs as another user when the tests run as root
  const rooms = process.env.WUYE_ROOMS ?? '240';
  const server = spawn(
    program,
    ['serve', '--demo', '--rooms', rooms, '--listen', '127.0.0.1:0', '--data-dir', join(data, 'd')],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } },
  );
  try {
    process.env.WUYE_URL = await address(server);
    await ready(process.env.WUYE_URL);
  } catch (error) {
    await stop(server, data);
    throw error;
  }
  return () => stop(server, data);
}

/** The address that the server prints. */
function address(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = '';
    const give = (why: string) => failed(new Error(`${why}; it said:\n${said.slice(-4000)}`));
    const timer = setTimeout(() => give('the server printed no address in time'), START_MS);
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const match = /http:\/\/(?:127\.0\.0\.1|localhost):(?!0\b)\d+/.exec(said);
      if (match) {
        clearTimeout(timer);
        found(match[0]);
      }
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
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
  await rm(data, { recursive: true, force: true });
}
