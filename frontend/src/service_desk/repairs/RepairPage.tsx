import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { useConfirm } from '@/ui/form';
import { labelled } from '@/ui/format';
import { RecordPage, Section, type Step } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';
import { Climbed } from '../Climbed';
import { ContactName } from '../Dwellers';
import { Private, UrgencyPill, whereIs } from '../pills';
import { StatePill } from '../StatePill';
import { lazily, sidePanels } from '../words';
import { Suggestions } from './Suggestions';

const ChangeRepair = lazily(() => import('./ChangeRepair'));

type Request = Schema<'RepairRequest'>;

/** One repair request: what is broken where, and who is to go. */
export function RepairPage({ id }: { id: string }) {
  const request = useQuery({
    queryKey: ['service_desk', 'repair', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/repair-requests/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['repair_request', 'work_order'] },
  });
  const files = useQuery({
    queryKey: ['service_desk', 'repair-files', id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/attachments', {
          params: { query: { subject_kind: 'repair_request', subject_id: id } },
          signal,
        }),
      ),
    enabled: can('file.read'),
    meta: { kinds: ['repair_request', 'file'] },
  });
  if (request.isPending) return <Skeleton />;
  if (request.isError) return <ErrorView error={request.error} retry={() => request.refetch()} />;
  return <Loaded request={request.data} files={files.data ?? []} />;
}

function Loaded({ request, files }: { request: Request; files: Schema<'StoredFile'>[] }) {
  const [ask, window] = useConfirm();
  const [changing, setChanging] = useState(false);
  const { order } = request;
  const open = request.state === 'requested';
  const mayDispatch = can('order.dispatch');

  const cancel = () =>
    ask({
      title: t('request.cancel'),
      text: t('request.cancel_text'),
      confirm: t('request.cancel'),
      danger: true,
      run: async (reason, headers) => {
        await api.POST('/api/v1/repair-requests/{id}/cancel', {
          params: { path: { id: request.id } },
          body: { reason },
          headers,
        });
        toast(t('order.done'));
        reloadKind('repair_request');
      },
    });

  return (
    <>
      <RecordPage
        eyebrow={t('repairs.eyebrow', { no: request.no })}
        title={whereIs(request)}
        state={<StatePill group="request_state" state={request.state} />}
        backTo="/repairs"
        facts={[
          { label: t('category'), value: t.code('category', request.category) },
          { label: t('urgency'), value: <UrgencyPill urgency={request.urgency} /> },
          { label: t('requested_at'), value: <TimeText value={request.requested_at} relative /> },
          {
            label: t('request.dispatch_due'),
            value: <Deadline due={request.dispatch_due_at} done={order?.dispatched_at} />,
          },
          { label: t('contact'), value: <ContactName of={request} /> },
          { label: t('phone'), value: <Private of={request.contact_phone} /> },
          { label: t('source'), value: t.code('source', request.source) },
          { label: t('recorded_by'), value: request.created_by_name ?? '—' },
          ...(request.appointment
            ? [
                {
                  label: t('appointment'),
                  value: (
                    <>
                      <TimeText value={request.appointment.from} />
                      {' – '}
                      <TimeText value={request.appointment.until} />
                    </>
                  ),
                },
              ]
            : []),
        ]}
        {...(!open && { steps: steps(request) })}
        others={
          open && mayDispatch
            ? [
                { key: 'edit', label: t('request.edit'), onClick: () => setChanging(true) },
                { key: 'cancel', label: t('request.cancel'), onClick: cancel, danger: true },
              ]
            : []
        }
        chain={[
          ...(request.source_ref?.kind === 'resident_report'
            ? [
                {
                  key: 'report',
                  label: t('chain.report'),
                  title: nav('nav.reports'),
                  href: '/resident-reports',
                },
              ]
            : []),
          { key: 'request', label: t('chain.request'), title: request.no, current: true },
          order
            ? {
                key: 'order',
                label: t('chain.order'),
                title: order.no,
                href: `/work-orders/${order.id}`,
                state: <StatePill group="order_state" state={order.state} />,
              }
            : { key: 'order', label: t('chain.order'), title: t('chain.none') },
        ]}
        lead={
          <Section title={t('text')}>
            <p className="sd-text">{request.text}</p>
            <p>
              {request.paid && <Pill>{t('paid')}</Pill>}{' '}
              {request.warranty && <Pill>{t('warranty')}</Pill>}{' '}
              {request.night && <Pill>{t('repairs.night')}</Pill>}{' '}
              <Climbed told={request.escalated_to} />
            </p>
            {request.end_reason && (
              <p>
                {labelled(t('request.end_reason'))}
                {request.end_reason}
              </p>
            )}
          </Section>
        }
        side={sidePanels('repair_request', request.id, 'request_state', files)}
      >
        {open && mayDispatch && <Suggestions request={request} />}
        {open && !mayDispatch && <p className="notice">{t('request.waiting')}</p>}
      </RecordPage>
      {window}
      {changing && <ChangeRepair request={request} close={() => setChanging(false)} />}
    </>
  );
}

function steps(request: Request): Step[] {
  const { order, state } = request;
  const ended = state === 'closed' || state === 'cancelled';
  return [
    {
      key: 'requested',
      label: t('request.step.requested'),
      phase: state === 'requested' ? 'now' : 'done',
      who: request.created_by_name,
      at: request.requested_at,
    },
    {
      key: 'dispatched',
      label: t('orders.step.dispatched'),
      phase: order ? (state === 'dispatched' ? 'now' : 'done') : ended ? 'skipped' : 'next',
      who: order?.technician_name,
      at: order?.dispatched_at,
    },
    {
      key: 'ended',
      label: state === 'cancelled' ? t('request_state.cancelled') : t('orders.step.closed'),
      phase: ended ? 'done' : 'next',
      note: request.end_reason,
    },
  ];
}
