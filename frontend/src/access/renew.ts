import { accessToken, refresh } from '@/api/token';
import { reloadMe } from './session';

/** Goes on with a new token: what the present one kept shut has opened. */
export async function renewSession(): Promise<void> {
  await refresh((await accessToken()) ?? undefined);
  await reloadMe();
}
