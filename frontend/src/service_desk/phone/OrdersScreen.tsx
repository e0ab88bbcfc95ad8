import { useState } from 'react';
import { t } from '@/locales/field';
import { Anchor } from '@/ui/Anchor';
import { BigButton, Card, Empty, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { Deadline } from '@/ui/text';
import { OrderPill, UrgencyPill, whereIs } from '../pills';
import { act, dueOf, nextAct, type Order, useMyOrders } from './orders';

/** My orders by urgency; accepting and arriving are one tap each, on the card itself. */
export function OrdersScreen() {
  const mine = useMyOrders();
  return (
    <Screen title={t('field.title')} back="/m">
      {mine.isPending && mine.fetchStatus !== 'idle' && <Skeleton lines={4} />}
      {mine.isError && <ErrorView error={mine.error} retry={() => mine.refetch()} />}
      {!mine.isPending && !mine.isError && mine.orders.length === 0 && (
        <Empty title={t('field.none')} hint={t('field.none_hint')} />
      )}
      {mine.orders.map(({ order, state }) => (
        <OrderCard key={order.id} order={order} state={state} />
      ))}
    </Screen>
  );
}

/** The technician's part of the phone's first page. */
export function OrderCards() {
  const mine = useMyOrders();
  if (mine.orders.length === 0) return null;
  return (
    <section>
      <h2>{t('field.title')}</h2>
      {mine.orders.slice(0, 5).map(({ order, state }) => (
        <OrderCard key={order.id} order={order} state={state} />
      ))}
      {mine.orders.length > 5 && (
        <Card title={t('field.all', { n: mine.orders.length })} to="/m/orders" />
      )}
    </section>
  );
}

function OrderCard({ order, state }: { order: Order; state: Order['state'] }) {
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
