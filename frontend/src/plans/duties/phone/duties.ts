import { t } from '@/locales/duty';
import { remembered } from '@/offline/cache';
import { doneHere, type QueuedAction, queueStore } from '@/offline/queue';
import { sendOrKeep } from '@/offline/send';
import { useStore } from '@/ui/store';
import { loadMine, useMyDuties } from '../data';
import type { Duty, DutyStatus } from '../duty';
import { said } from '../words';

const pathOf = (id: string) => `/api/v1/obligations/${id}/explain`;

/** My duties as the phone keeps them, for when there is no network. */
export const useKeptDuties = (estate: string) =>
  useMyDuties(estate, (of, signal) => remembered(`duties ${of}`, () => loadMine(of, signal)));

/** The status as this person left it: what they explained here counts, answered or not. */
export function statusOf(
  duty: Pick<Duty, 'id' | 'status'>,
  done: readonly QueuedAction[],
): DutyStatus {
  const explained = done.some((one) => !one.refused && one.path === pathOf(duty.id));
  return explained && duty.status === 'missed' ? 'explained' : duty.status;
}

export const useStatusOf = (duty: Duty) => statusOf(duty, doneHere(useStore(queueStore)));

/** Explains it now or, without network, later; never twice. Says which, and whether it was kept. */
export const explain = (duty: Duty, explanation: string): Promise<boolean> =>
  sendOrKeep({
    label: `${t('explain')} ${said(duty.name)}`,
    path: pathOf(duty.id),
    body: { explanation },
    kinds: ['obligation'],
  });
