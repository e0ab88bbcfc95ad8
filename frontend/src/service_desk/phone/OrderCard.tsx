import { useState } from 'react';
import { t } from '@/locales/field';
import { Anchor } from '@/ui/Anchor';
import { BigButton, Card } from '@/ui/phone';
import { Deadline } from '@/ui/text';
import { OrderPill, UrgencyPill, whereIs } from '../pills';
import { act, dueOf, nextAct, type Order } from './orders';

/** One order; accepting and arriving are one tap each, on the card itself; so is the way to finishing. */
export function OrderCard({ order, state }: { order: Order; state: Order['state'] }) {
  const [busy, setBusy] = useState(false);
  const next = nextAct(state);
  async function go() {
    if (!next) return;
    setBusy(true);
    await act(order, next);
    setBusy(false);
  }
  return (
    <>
      <Card
        to={`/m/orders/${order.id}`}
        title={whereIs(order)}
        {...(order.overdue && { tone: 'late' as const })}
        meta={
          <>
            <OrderPill state={state} />
            <UrgencyPill urgency={order.urgency} />
            <Deadline due={dueOf(order)} />
          </>
        }
      >
        <p>{order.text}</p>
      </Card>
      {next === 'finish' && (
        <Anchor
          className="m-btn m-btn-primary"
          href={`/m/orders/${order.id}#finish`}
          aria-label={`${t('field.finish')} ${order.no}`}
        >
          {t('field.finish')}
        </Anchor>
      )}
      {(next === 'accept' || next === 'arrive') && (
        <BigButton
          kind="primary"
          disabled={busy}
          aria-label={`${t.code('field', next)} ${order.no}`}
          onClick={go}
        >
          {t.code('field', next)}
        </BigButton>
      )}
    </>
  );
}
