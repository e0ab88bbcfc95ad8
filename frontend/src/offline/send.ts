import type { Kind } from '@/api/client';
import { sayError } from '@/api/problem';
import { t } from '@/locales/phone';
import { toast, toastError } from '@/ui/toast';
import { type NewAction, perform } from './queue';

/** Does it now or, without network, later; says which, and whether it was kept at all. */
export async function sendOrKeep(action: NewAction & { kinds: Kind[] }): Promise<boolean> {
  try {
    toast((await perform(action)) ? t('sent') : t('saved_offline'));
    return true;
  } catch (error) {
    toastError(sayError(error));
    return false;
  }
}
