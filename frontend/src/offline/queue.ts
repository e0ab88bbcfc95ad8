import type { DBSchema, IDBPDatabase } from 'idb';
import type { Kind } from '@/api/client';
import { NetworkError, ProblemError, sayError } from '@/api/problem';
import { send } from '@/api/send';
import { t } from '@/locales/queue';
import { createStore } from '@/ui/store';
import { uuidv7 } from '@/ui/uuid';

/** A photo or file to be uploaded before the action; its id is put into the body at `pointer`. */
export interface QueuedFile {
  /** Idempotency key of the upload. */
  key: string;
  /** Where the id goes: a JSON pointer into the body, ending in `/-` to append to an array. */
  pointer: string;
  name: string;
  blob: Blob;
  /** The id the server gave, once uploaded, and when (milliseconds). */
  id?: string;
  sent_at?: number;
}

/** An action done on this device and not yet answered by the server. */
export interface QueuedAction {
  /** Also the idempotency key: a repeated sending is recognised and never done twice. */
  key: string;
  /** Order of making, also among actions of one millisecond. */
  seq?: number;
  account_id: string;
  /** What it is, in the words of the person who did it. */
  label: string;
  path: string;
  body: Record<string, unknown>;
  files: QueuedFile[];
  /** When it was done (RFC 3339). */
  made_at: string;
  /** Kinds of record to reload after sending. */
  kinds: Kind[];
  /** The server's answer when it did not accept the action; kept until the person has seen it. */
  refused?: string;
}

interface QueueDb extends DBSchema {
  actions: { key: number; value: QueuedAction; indexes: { account: string; key: string } };
}

export interface QueueState {
  items: QueuedAction[];
  sending: string | null;
  /** Accepted by the server, while the pages still read what became of it. */
  settling: QueuedAction[];
}

/** What was done on this device and is not yet in what the pages show, oldest first. */
export const doneHere = ({ settling, items }: QueueState): QueuedAction[] => [
  ...settling,
  ...items,
];

/** What the signed-in person has waiting; another person's actions never appear in it. */
export const queueStore = createStore<QueueState>({ items: [], sending: null, settling: [] });

let account: string | null = null;
let opened: Promise<IDBPDatabase<QueueDb>> | null = null;
let sentListener: (kinds: Kind[]) => unknown = () => {};

/** Called after each accepted action; what it returns ends when the pages have read what became of it. */
export function whenSent(run: (kinds: Kind[]) => unknown): void {
  sentListener = run;
}

const db = () => {
  opened ??= import('idb').then(({ openDB }) =>
    openDB<QueueDb>('wuye-queue', 1, {
      upgrade(database) {
        const actions = database.createObjectStore('actions', {
          keyPath: 'seq',
          autoIncrement: true,
        });
        actions.createIndex('account', 'account_id');
        actions.createIndex('key', 'key', { unique: true });
      },
    }),
  );
  return opened;
};

/** Shows the queue of `accountId` (null when signed out) and tries to send it. */
export async function openQueue(accountId: string | null): Promise<void> {
  account = accountId;
  queueStore.set({ ...queueStore.get(), settling: [] });
  await reload();
  if (accountId) void flush();
}

async function reload(sending: string | null = null): Promise<void> {
  const owner = account;
  const items = owner ? await (await db()).getAllFromIndex('actions', 'account', owner) : [];
  if (owner === account) queueStore.set({ ...queueStore.get(), items, sending });
}

export interface NewAction {
  label: string;
  path: string;
  body: Record<string, unknown>;
  files?: { pointer: string; name: string; blob: Blob }[];
  kinds?: Kind[];
}

/**
 * Keeps an action and sends it as soon as possible. Returns after it is safely on the device:
 * `true` when it has been sent and accepted already, `false` when it waits. The server's refusal
 * of an action sent at once is thrown, and the action is not kept.
 */
export async function perform(action: NewAction): Promise<boolean> {
  if (!account) throw new Error('perform without an account');
  const entry: QueuedAction = {
    key: uuidv7(),
    account_id: account,
    label: action.label,
    path: action.path,
    body: action.body,
    files: (action.files ?? []).map((file) => ({ ...file, key: uuidv7() })),
    made_at: new Date().toISOString(),
    kinds: action.kinds ?? [],
  };
  try {
    await (await db()).add('actions', entry);
  } catch (error) {
    throw isFull(error) ? new Error(t('queue.quota')) : error;
  }
  await reload();
  await flush();
  const kept = await find(entry.key);
  if (kept?.refused !== undefined) {
    const refusal = kept.refused;
    await discard(entry.key);
    throw new ProblemError(422, { detail: refusal });
  }
  return kept === undefined;
}

const isFull = (error: unknown) =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

const find = async (key: string) => (await db()).getFromIndex('actions', 'key', key);

/** Gives an action up, e.g. after a refusal has been read. */
export async function discard(key: string): Promise<void> {
  const entry = await find(key);
  if (entry?.seq !== undefined && entry.account_id === account) {
    await (await db()).delete('actions', entry.seq);
  }
  await reload();
}

let flushing: Promise<void> | null = null;
let again = false;

/** Sends what waits, oldest first, one at a time; stops at the first lack of network. */
export function flush(): Promise<void> {
  if (flushing) {
    again = true;
    return flushing;
  }
  flushing = (async () => {
    do {
      again = false;
      await inTurn(drain);
    } while (again);
  })().finally(() => {
    flushing = null;
  });
  return flushing;
}

// Two tabs of one person must not send the same action at the same moment. Where locks are missing
// the idempotency keys still keep it from being done twice.
async function inTurn(run: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request('wuye.queue', run);
  else await run();
}

async function drain(): Promise<void> {
  const owner = account;
  if (!owner) return;
  const database = await db();
  const waiting = (await database.getAllFromIndex('actions', 'account', owner)).filter(
    (entry) => entry.refused === undefined,
  );
  for (const entry of waiting) {
    if (owner !== account) break;
    queueStore.set({ ...queueStore.get(), sending: entry.key });
    try {
      await sendEntry(entry, (changed) => database.put('actions', changed));
      if (entry.seq !== undefined) await database.delete('actions', entry.seq);
      settle(entry);
    } catch (error) {
      if (!isFinal(error)) break;
      await database.put('actions', { ...entry, refused: sayError(error) });
    }
    await reload();
  }
  await reload();
}

/** What was done shows as done until the pages have read it: they would show the state before it for a moment. */
function settle(entry: QueuedAction): void {
  const settling = (change: (known: QueuedAction[]) => QueuedAction[]) =>
    queueStore.set({ ...queueStore.get(), settling: change(queueStore.get().settling) });
  settling((known) => [...known, entry]);
  void Promise.resolve(sentListener(entry.kinds)).finally(() =>
    settling((known) => known.filter((one) => one !== entry)),
  );
}

/** A refusal that sending again would not change. 401 waits for the next login. */
function isFinal(error: unknown): boolean {
  if (error instanceof NetworkError || !(error instanceof ProblemError)) return false;
  return error.status >= 400 && error.status < 500 && ![401, 408, 425, 429].includes(error.status);
}

// The server removes files that belong to nothing after a day.
const UPLOAD_LIVES_MS = 20 * 3_600_000;

async function sendEntry(
  entry: QueuedAction,
  keep: (entry: QueuedAction) => Promise<unknown>,
): Promise<void> {
  const body = structuredCopy(entry.body);
  for (const file of entry.files) {
    if (!file.id || Date.now() - (file.sent_at ?? 0) > UPLOAD_LIVES_MS) {
      if (file.id) file.key = uuidv7(); // uploaded long ago: the old answer names a removed file
      file.id = await upload(file);
      file.sent_at = Date.now();
      await keep(entry); // the next try does not send the photo again
    }
    putAt(body, file.pointer, file.id);
  }
  await send(
    new Request(new URL(entry.path, location.origin), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': entry.key },
      body: JSON.stringify({ ...body }),
    }),
  );
}

async function upload(file: QueuedFile): Promise<string> {
  const { uploadFile } = await import('@/api/upload'); // most actions carry no photo
  const named = new File([file.blob], file.name, { type: file.blob.type });
  return (await uploadFile(named, file.key)).id;
}

const structuredCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Sets the value at a JSON pointer; `-` appends to an array, which is made when missing. */
export function putAt(body: Record<string, unknown>, pointer: string, value: unknown): void {
  const steps = pointer.split('/').slice(1);
  let place = body;
  for (const [i, step] of steps.entries()) {
    const key = Array.isArray(place) && step === '-' ? String(place.length) : step;
    if (i === steps.length - 1) place[key] = value;
    else if (place[key] === undefined) place[key] = steps[i + 1] === '-' ? [] : {};
    place = place[key] as Record<string, unknown>;
  }
}

/** Sends when the network comes back, when the page is looked at again, and now and then. */
export function startQueue(signal: AbortSignal): void {
  const wake = () => {
    if (account && document.visibilityState === 'visible') void flush();
  };
  window.addEventListener('online', wake, { signal });
  document.addEventListener('visibilitychange', wake, { signal });
  const timer = setInterval(wake, 30_000);
  signal.addEventListener('abort', () => clearInterval(timer));
}

/** How many actions of the signed-in person have not reached the server. */
export const waitingCount = (state: QueueState) =>
  state.items.filter((entry) => entry.refused === undefined).length;
export const refusedCount = (state: QueueState) =>
  state.items.filter((entry) => entry.refused !== undefined).length;
