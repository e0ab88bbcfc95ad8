import type { ReactNode } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/estate';
import { useConfirm } from '@/ui/form';
import type { RecordAction } from '@/ui/record';
import { toast } from '@/ui/toast';
import { elementKinds, type StructureChange } from '../elements';

/** What this person may do with a change that waits; the first is the likely one. */
export interface Decisions {
  confirm?: RecordAction;
  reject?: RecordAction;
  withdraw?: RecordAction;
}

/** Reloads what a decided change is shown in: itself and the elements it may have touched. */
export function reloadAfter(change: StructureChange) {
  reloadKind('structure_change');
  if (change.kind === 'import') for (const kind of elementKinds) reloadKind(kind);
  else reloadKind(change.subject_kind);
}

/** `const [decisions, window] = useDecisions()`: render `window` once. */
export function useDecisions(): [(change: StructureChange) => Decisions, ReactNode] {
  const me = useMe();
  const can = useCan();
  const [ask, window] = useConfirm();

  function decisions(change: StructureChange): Decisions {
    if (change.state !== 'proposed') return {};
    const own = change.proposed_by !== null && change.proposed_by === me.employee?.id;
    const params = { path: { id: change.id } };
    const what = t('change.sentence', {
      what: t.code('change_kind', change.kind),
      kind: t.code('kind', change.subject_kind),
      title: change.title,
    });
    const done = () => {
      toast(t('done.decided'));
      reloadAfter(change);
    };
    const confirm: RecordAction = {
      key: 'confirm',
      label: t('change.confirm'),
      ...(own && { disabled: t('change.own') }),
      onClick: () =>
        ask({
          title: t('change.confirm_ask'),
          text: what,
          confirm: t('change.confirm'),
          danger: change.kind === 'retire',
          reason: 'optional',
          reasonLabel: t('change.note'),
          run: async (note, headers) => {
            const body = note ? { note } : {};
            await api.POST('/api/v1/structure-changes/{id}/confirm', { params, body, headers });
            done();
          },
        }),
    };
    const reject: RecordAction = {
      key: 'reject',
      label: t('change.reject'),
      ...(own && { disabled: t('change.own') }),
      onClick: () =>
        ask({
          title: t('change.reject_ask'),
          text: change.kind === 'create' ? t('change.reject_draft') : what,
          confirm: t('change.reject'),
          danger: true,
          run: async (reason, headers) => {
            const body = { reason };
            await api.POST('/api/v1/structure-changes/{id}/reject', { params, body, headers });
            done();
          },
        }),
    };
    const withdraw: RecordAction = {
      key: 'withdraw',
      label: t('change.withdraw'),
      onClick: () =>
        ask({
          title: t('change.withdraw_ask'),
          text: change.kind === 'create' ? t('change.reject_draft') : what,
          confirm: t('change.withdraw'),
          reason: 'none',
          run: async (_, headers) => {
            await api.POST('/api/v1/structure-changes/{id}/withdraw', {
              params,
              body: {},
              headers,
            });
            done();
          },
        }),
    };
    return {
      ...(can('estate.confirm') && { confirm, reject }),
      ...(can('estate.edit') && own && { withdraw }),
    };
  }
  return [decisions, window];
}
