import type { IDBPDatabase } from 'idb';
import { me, onSignOut } from '@/access/session';
import { NetworkError } from '@/api/problem';
import { createStore } from '@/ui/store';

/**
 * The last answers that phone pages have seen, kept per account, so that a pump room without
 * network still shows today's orders. Cleared at sign-out.
 */
let opened: Promise<IDBPDatabase> | null = null;
const db = () => {
  // Not needed for the first picture: comes after it.
  opened ??= import('idb').then(({ openDB }) =>
    openDB('wuye-cache', 1, {
      upgrade: (database) => {
        database.createObjectStore('answers');
      },
    }),
  );
  return opened;
};

/** Whether what phone pages show comes from the device because the server cannot be reached. */
export const staleStore = createStore(false);

/** Wraps a query function: keeps its answer, and gives the kept one when there is no network. */
export async function remembered<T>(key: string, load: () => Promise<T>): Promise<T> {
  const place = `${me()?.account_id ?? ''} ${key}`;
  try {
    const answer = await load();
    staleStore.set(false);
    void db().then((database) => database.put('answers', answer, place));
    return answer;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const kept = (await (await db()).get('answers', place)) as T | undefined;
    if (kept === undefined) throw error;
    staleStore.set(true);
    return kept;
  }
}

onSignOut(async () => {
  await (await db()).clear('answers');
});
