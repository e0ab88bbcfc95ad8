import { launch } from './server';

/**
 * Starts a server with demo data in a place of its own, unless WUYE_URL names one, and gives its
 * address to the tests by that variable.
 */
export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.WUYE_URL) return undefined;
  const rooms = process.env.WUYE_ROOMS ?? '240';
  // Believing the forwarded address lets each stranger of the tests come from one of their own.
  const server = await launch(['--demo', '--rooms', rooms, '--trusted-proxies', '127.0.0.1']);
  process.env.WUYE_URL = server.url;
  return server.stop;
}
