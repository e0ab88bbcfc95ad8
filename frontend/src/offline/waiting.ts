import { openQueue, queueStore } from './queue';

/** How many actions a person has not sent from this device, asked by the back office's sign-out. */
export async function waitingFor(accountId: string): Promise<number> {
  await openQueue(accountId);
  return queueStore.get().items.length;
}
