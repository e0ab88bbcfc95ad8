import { launch } from './server';

/**
 * Starts a server with demo data in a place of its own, unless WUYE_URL names one, and gives its
 * address to the tests by that variable.
 */
export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.WUYE_URL) return undefined;
  const server = await launch(['--demo', '--rooms', process.env.WUYE_ROOMS ?? '240']);
  process.env.WUYE_URL = server.url;
  return server.stop;
}
