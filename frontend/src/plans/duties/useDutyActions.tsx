import { useMe } from '@/access/session';
import { api } from '@/api/client';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/plans';
import { usePostTitle } from '@/org/lookups';
import { useConfirm } from '@/ui/form';
import { aside, formatTime, listed } from '@/ui/format';
import { toast, toastError } from '@/ui/toast';
import { loadDuty } from './data';
import { type Duty, type DutyDetail, decides } from './duty';
import { useWhose } from './Whose';
import { said } from './words';

export type Decision = 'waive' | 'confirm';

/** Explaining and deciding, each asked once more with its reason; render `window` once. */
export function useDutyActions() {
  const person = useMe().employee?.id;
  const whose = useWhose();
  const waits = useWaits();
  const [ask, window] = useConfirm();
  const done = () => {
    toast(t('saved'));
    reloadKind('obligation');
  };

  const explain = (duty: Duty) =>
    ask({
      title: t('explain_ask', { name: said(duty.name) }),
      text: t('explanation_hint'),
      confirm: t('explain'),
      reasonLabel: t('explanation'),
      run: async (explanation, headers) => {
        await api.POST('/api/v1/obligations/{id}/explain', {
          params: { path: { id: duty.id } },
          body: { explanation },
          headers,
        });
        done();
      },
    });

  const decide = (duty: Duty, what: Decision) =>
    ask({
      title: t(`${what}_ask`, { name: said(duty.name) }),
      text: (
        <>
          {t(`${what}_text`, { who: whose(duty), due: formatTime(duty.due_at) })}
          {duty.explanation && <br />}
          {duty.explanation && t('said', { text: duty.explanation })}
        </>
      ),
      confirm: t(what),
      danger: what === 'confirm',
      reasonLabel: t('decide_reason'),
      run: async (reason, headers) => {
        const call = { params: { path: { id: duty.id } }, body: { reason }, headers };
        await (what === 'waive'
          ? api.POST('/api/v1/obligations/{id}/waive', call)
          : api.POST('/api/v1/obligations/{id}/confirm-missed', call));
        done();
      },
    });

  /** From a list, which does not say whose word it is: nobody writes a reason in vain. */
  async function decideFromList(duty: Duty, what: Decision) {
    try {
      const detail = await loadDuty(duty.id);
      if (decides(detail, person)) decide(detail, what);
      else toast(waits(detail));
    } catch (error) {
      toastError(sayError(error));
    }
  }
  return { explain, decide, decideFromList, window };
}

/** `waits(detail)`: whose move it is, for those who cannot move it themselves. */
export function useWaits(): (detail: DutyDetail) => string {
  const title = usePostTitle();
  return (detail) => {
    const deciders = detail.decided_by_whom?.deciders ?? [];
    if (deciders.length === 0) return t('waits_nobody');
    const who = listed(deciders.map((one) => `${one.name}${aside(title(one.post))}`));
    return t(detail.status === 'missed' ? 'waits_explain' : 'waits_decide', { who });
  };
}
