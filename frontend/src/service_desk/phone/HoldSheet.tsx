import { useState } from 'react';
import { t } from '@/locales/field';
import { BigButton, Choices, Field, Sheet } from '@/ui/phone';
import { act, type Order } from './orders';

/** Waits for material (with what it will cost) or for the resident; the reason is kept. */
export function HoldSheet({ order, close }: { order: Order; close: () => void }) {
  const [kind, setKind] = useState<'material' | 'resident'>('resident');
  const [reason, setReason] = useState('');
  const [yuan, setYuan] = useState('');
  const [costs, setCosts] = useState<'material' | 'paid_service'>('material');
  const [busy, setBusy] = useState(false);
  const fen = Math.round(Number(yuan) * 100);

  async function go() {
    setBusy(true);
    const cost = kind === 'material' && fen > 0 ? { kind: costs, amount_fen: fen } : null;
    const kept = await act(order, 'hold', { kind, reason: reason.trim(), cost });
    setBusy(false);
    if (kept) close();
  }
  return (
    <Sheet title={t('field.hold')} onClose={close}>
      <Choices
        label={t('field.hold_for')}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'resident', label: t('order_state.pending_resident') },
          { value: 'material', label: t('order_state.pending_material') },
        ]}
      />
      <Field label={t('reason')}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {kind === 'material' && order.paid && (
        <Choices
          label={t('field.cost_kind')}
          value={costs}
          onChange={setCosts}
          options={[
            { value: 'material', label: t('cost_kind.material') },
            { value: 'paid_service', label: t('cost_kind.paid_service') },
          ]}
        />
      )}
      {kind === 'material' && (
        <Field label={t('field.cost')} hint={t('field.cost_hint')}>
          {(ids) => (
            <input
              {...ids}
              className="input"
              inputMode="decimal"
              value={yuan}
              onChange={(event) => setYuan(event.target.value)}
            />
          )}
        </Field>
      )}
      <BigButton kind="primary" disabled={busy || !reason.trim() || Number.isNaN(fen)} onClick={go}>
        {t('field.hold')}
      </BigButton>
    </Sheet>
  );
}
