import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schema } from '@/api/client';
import { api, ok } from '@/api/client';
import { t } from '@/locales/field';
import { remembered } from '@/offline/cache';
import { labelled } from '@/ui/format';
import { BigButton, Card, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { Pictures } from '@/ui/phone/Pictures';
import { Deadline, TimeText } from '@/ui/text';
import { OrderPill, Private, UrgencyPill, whereIs } from '../pills';
import { FinishForm } from './FinishForm';
import { HoldSheet } from './HoldSheet';
import { act, dueOf, nextAct, useMyOrders, useStateOf } from './orders';

/** One order on the phone: where, what, whom to call, and the one next act at the thumb. */
export function OrderScreen({ id }: { id: string }) {
  const mine = useMyOrders();
  const detail = useQuery({
    queryKey: ['service_desk', 'order', id],
    queryFn: ({ signal }) =>
      remembered(`order ${id}`, () =>
        ok(api.GET('/api/v1/work-orders/{id}', { params: { path: { id } }, signal })),
      ),
    meta: { kinds: ['work_order'] },
  });
  // Without network the list may know the order although it was never opened.
  const order = detail.data?.order ?? mine.orders.find((one) => one.order.id === id)?.order;
  if (!order) {
    return (
      <Screen title={t('orders.title')} back="/m/orders">
        {detail.isError ? (
          <ErrorView error={detail.error} retry={() => detail.refetch()} />
        ) : (
          <Skeleton lines={5} />
        )}
      </Screen>
    );
  }
  return <Loaded order={order} detail={detail.data} />;
}

function Loaded(props: {
  order: Schema<'WorkOrder'>;
  detail: Schema<'WorkOrderDetail'> | undefined;
}) {
  const { order, detail } = props;
  const state = useStateOf(order);
  const { hash } = useLocation();
  const [open, setOpen] = useState<'finish' | 'hold' | null>(() =>
    hash === 'finish' && state === 'on_site' ? 'finish' : null,
  );
  const [busy, setBusy] = useState(false);
  const next = nextAct(state);
  const phone = detail?.request.contact_phone;

  async function go() {
    if (!next) return;
    if (next === 'finish') return setOpen('finish');
    setBusy(true);
    await act(order, next);
    setBusy(false);
  }
  if (open === 'finish') return <FinishForm order={order} close={() => setOpen(null)} />;
  return (
    <Screen
      title={order.no}
      back="/m/orders"
      dock={
        next && (
          <BigButton kind="primary" disabled={busy} onClick={go}>
            {t.code('field', next)}
          </BigButton>
        )
      }
    >
      <Card
        title={whereIs(order)}
        {...(order.overdue && { tone: 'late' as const })}
        meta={
          <>
            <OrderPill state={state} />
            <UrgencyPill urgency={order.urgency} />
            <span>{t.code('category', order.category)}</span>
          </>
        }
      >
        <p>{order.text}</p>
        <p>
          {labelled(t('due'))}
          <Deadline due={dueOf(order)} />
        </p>
        <p>
          {labelled(t('requested_at'))}
          <TimeText value={order.requested_at} />
        </p>
        {detail && (
          <p>
            {labelled(t('contact'))}
            {detail.request.contact_name ?? detail.request.party_name ?? '—'}{' '}
            {phone?.value && !phone.masked ? (
              <a href={`tel:${phone.value}`}>{phone.value}</a>
            ) : (
              <Private of={phone} />
            )}
          </p>
        )}
        {detail && <Pictures files={detail.files} label={t('field.photo')} />}
        {order.returned_count > 0 && (
          <p className="field-error">{t('orders.returned_n', { n: order.returned_count })}</p>
        )}
        {order.pending_reason && (
          <p>
            {labelled(t('orders.pending'))}
            {order.pending_reason}
          </p>
        )}
      </Card>
      {(state === 'accepted' || state === 'on_site') && (
        <BigButton onClick={() => setOpen('hold')}>{t('field.hold')}</BigButton>
      )}
      {open === 'hold' && <HoldSheet order={order} close={() => setOpen(null)} />}
    </Screen>
  );
}
