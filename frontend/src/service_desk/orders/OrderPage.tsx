import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { can } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { useConfirm } from '@/ui/form';
import { formatTime, labelled } from '@/ui/format';
import { type RecordAction, RecordPage, Section, type Step } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';
import { Climbed } from '../Climbed';
import { ContactName } from '../Dwellers';
import { Private, UrgencyPill, whereIs } from '../pills';
import { StatePill } from '../StatePill';
import { inWork, lazily, sidePanels } from '../words';
import { Costs, Dispatches, LateNotes, Results } from './OrderParts';

const Reassign = lazily(() => import('./Reassign'));

type Detail = Schema<'WorkOrderDetail'>;
type Order = Schema<'WorkOrder'>;

/** One work order: from the dispatch to the end, with what was done and what it cost. */
export function OrderPage({ id }: { id: string }) {
  const order = useQuery({
    queryKey: ['service_desk', 'order', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/work-orders/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['work_order', 'repair_request', 'file'] },
  });
  const visits = useQuery({
    queryKey: ['service_desk', 'order-visits', id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/visits', {
          params: { query: { subject: 'work_order', subject_id: id } },
          signal,
        }),
      ),
    enabled: can('visit.read'),
    meta: { kinds: ['visit'] },
  });
  if (order.isPending) return <Skeleton />;
  if (order.isError) return <ErrorView error={order.error} retry={() => order.refetch()} />;
  return <Loaded detail={order.data} visits={visits.data?.items ?? []} />;
}

function Loaded({ detail, visits }: { detail: Detail; visits: Schema<'VisitView'>[] }) {
  const { order, request } = detail;
  const [ask, window] = useConfirm();
  const [reassigning, setReassigning] = useState(false);
  const visit = visits.find((one) => one.state === 'due' || one.state === 'unreachable');
  const { next, others } = useActions(detail, visit, ask, () => setReassigning(true));
  return (
    <>
      <RecordPage
        eyebrow={t('orders.eyebrow', { no: order.no })}
        title={whereIs(order)}
        state={<StatePill group="order_state" state={order.state} />}
        backTo="/work-orders"
        next={next}
        others={others}
        facts={[
          { label: t('orders.technician'), value: order.technician_name },
          { label: t('category'), value: t.code('category', order.category) },
          { label: t('urgency'), value: <UrgencyPill urgency={order.urgency} /> },
          {
            label: t('due'),
            value: order.due_at ? (
              <Deadline due={order.due_at} />
            ) : (
              <Deadline due={order.finish_due_at} done={order.finished_at} />
            ),
          },
          { label: t('requested_at'), value: <TimeText value={order.requested_at} relative /> },
          { label: t('contact'), value: <ContactName of={request} /> },
          { label: t('phone'), value: <Private of={request.contact_phone} /> },
          ...(order.pending_reason
            ? [{ label: t('orders.pending'), value: order.pending_reason }]
            : []),
          ...(order.rating
            ? [{ label: t('orders.rating'), value: t.code('visit_result', order.rating) }]
            : []),
        ]}
        steps={steps(order, visits)}
        chain={[
          {
            key: 'request',
            label: t('chain.request'),
            title: request.no,
            href: `/repairs/${request.id}`,
          },
          { key: 'order', label: t('chain.order'), title: order.no, current: true },
          ...(visits.length > 0
            ? visits.map((visit) => ({
                key: visit.id,
                label: t('chain.visit'),
                title: visit.no,
                href: `/visits/${visit.id}`,
                state: <StatePill group="visit_state" state={visit.state} />,
              }))
            : [{ key: 'visit', label: t('chain.visit'), title: t('chain.none') }]),
        ]}
        lead={
          <Section title={t('text')}>
            <p className="sd-text">{order.text}</p>
            <p>
              {order.paid && <Pill>{t('paid')}</Pill>}{' '}
              {order.warranty && <Pill>{t('warranty')}</Pill>}{' '}
              {order.keyed_late && <Pill tone="warn">{t('keyed_late')}</Pill>}{' '}
              {order.returned_count > 0 && (
                <Pill tone="late">{t('orders.returned_n', { n: order.returned_count })}</Pill>
              )}{' '}
              <Climbed told={order.escalated_to} />
            </p>
            {order.end_reason && (
              <p>
                {labelled(t('orders.end_reason'))}
                {order.end_reason}
              </p>
            )}
          </Section>
        }
        side={sidePanels('work_order', order.id, 'order_state', detail.files)}
      >
        <Results results={detail.results} />
        {detail.costs.length > 0 && <Costs costs={detail.costs} ask={ask} />}
        <Dispatches dispatches={detail.dispatches} />
        {detail.late_notes.length > 0 && <LateNotes notes={detail.late_notes} />}
      </RecordPage>
      {window}
      {reassigning && <Reassign order={order} close={() => setReassigning(false)} />}
    </>
  );
}

/** What this person may do now: the state says what can be done, the permission by whom. */
function useActions(
  { order, results, files }: Detail,
  visit: Schema<'VisitView'> | undefined,
  ask: ReturnType<typeof useConfirm>[0],
  reassign: () => void,
): { next?: RecordAction; others: RecordAction[] } {
  const router = useRouter();
  const me = useMe();
  const { state } = order;
  const path = { params: { path: { id: order.id } } };
  const done = () => {
    toast(t('order.done'));
    reloadKind('work_order');
  };
  const evidence = files.length > 0 || results.some((one) => one.sign_kind === 'signed');

  const verify: RecordAction = {
    key: 'verify',
    label: t('order.verify'),
    onClick: () =>
      ask({
        title: t('order.verify'),
        text: t(evidence ? 'order.verify_text' : 'order.verify_bare'),
        confirm: t('order.verify'),
        reason: evidence ? 'optional' : 'required',
        reasonLabel: t(evidence ? 'order.verify_note' : 'order.waiver'),
        run: async (said, headers) => {
          await api.POST('/api/v1/work-orders/{id}/verify', {
            ...path,
            body: evidence ? { note: said || null } : { evidence_waiver: said },
            headers,
          });
          done();
        },
      }),
  };
  const close: RecordAction = {
    key: 'close',
    label: t('order.close'),
    onClick: () =>
      ask({
        title: t('order.close'),
        text: t('order.close_text'),
        confirm: t('order.close'),
        reason: 'none',
        run: async (_, headers) => {
          await api.POST('/api/v1/work-orders/{id}/close', { ...path, body: {}, headers });
          done();
        },
      }),
  };
  const back: RecordAction = {
    key: 'return',
    label: t('order.return'),
    onClick: () =>
      ask({
        title: t('order.return'),
        text: t('order.return_text'),
        confirm: t('order.return'),
        run: async (reason, headers) => {
          await api.POST('/api/v1/work-orders/{id}/return', { ...path, body: { reason }, headers });
          done();
        },
      }),
  };
  const cancel: RecordAction = {
    key: 'cancel',
    label: t('order.cancel'),
    danger: true,
    onClick: () =>
      ask({
        title: t('order.cancel'),
        confirm: t('order.cancel'),
        danger: true,
        run: async (reason, headers) => {
          await api.POST('/api/v1/work-orders/{id}/cancel', { ...path, body: { reason }, headers });
          done();
        },
      }),
  };
  const atDesk = can('order.dispatch');
  const others: RecordAction[] = [];
  if (can('order.work') && me.employee?.id === order.technician_id && inWork.has(state)) {
    const href = `/m/orders/${order.id}`;
    others.push({ key: 'field', label: t('order.field'), onClick: () => location.assign(href) });
  }
  if (atDesk && inWork.has(state)) {
    others.push({ key: 'reassign', label: t('order.reassign'), onClick: reassign }, cancel);
  }
  if (atDesk && ['done', 'verified', 'visited', 'closed'].includes(state)) others.push(back);
  const next = nextOf();
  if (atDesk && state === 'verified' && next !== close) others.push(close);
  return { ...(next && { next }), others };

  function nextOf(): RecordAction | undefined {
    if (!atDesk) return undefined;
    if (state === 'done') return verify;
    if (state === 'visited') return close;
    if (state !== 'verified') return undefined;
    if (!visit || !can('visit.do')) return close;
    const to = `/visits/${visit.id}`;
    return { key: 'visit', label: t('order.visit'), onClick: () => router.history.push(to) };
  }
}

function steps(order: Order, visits: readonly Schema<'VisitView'>[]): Step[] {
  const { state } = order;
  const visit = visits.find((one) => one.asked_at);
  const ended = state === 'closed' || state === 'cancelled';
  const passed: [string, string | null | undefined, string | null | undefined, string | null][] = [
    ['dispatched', order.dispatched_at, order.dispatched_by_name, null],
    ['accepted', order.accepted_at, order.technician_name, order.response_due_at],
    ['arrived', order.arrived_at, order.technician_name, null],
    ['finished', order.finished_at, order.technician_name, order.finish_due_at],
    ['verified', order.verified_at, order.verified_by_name, null],
    ['visited', visit?.asked_at, visit?.visitor_name, visits[0]?.due_at ?? null],
  ];
  const firstOpen = passed.findIndex(([, at]) => !at);
  return [
    ...passed.map(
      ([key, at, who, limit], i): Step => ({
        key,
        label: t.code('orders.step', key),
        phase: at ? 'done' : ended ? 'skipped' : i === firstOpen ? 'now' : 'next',
        who: at ? who : null,
        at: at ?? null,
        note: !at && !ended && limit ? t('orders.limit', { time: formatTime(limit) }) : null,
      }),
    ),
    {
      key: 'closed',
      label: state === 'cancelled' ? t('order_state.cancelled') : t('orders.step.closed'),
      phase: ended ? 'done' : firstOpen === -1 ? 'now' : 'next',
      note: order.end_reason ?? null,
    },
  ];
}
