import { useQuery } from '@tanstack/react-query';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { useConfirm } from '@/ui/form';
import { Facts, LateNotes, type RecordAction, RecordPage, Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline, TimeText } from '@/ui/text';
import { ContactName } from '../Dwellers';
import { StatePill } from '../StatePill';
import { useStep } from '../useStep';
import { options, sidePanels } from '../words';
import { useMatter } from './matter';
import { PhoneOf } from './PhoneOf';
import { Result } from './VisitsPage';

const PLACE: Record<Schema<'VisitSubject'>, string> = {
  case: '/cases',
  work_order: '/work-orders',
  dispute: '/disputes',
};

/** One return visit: asked by somebody who did not do the work. */
export function VisitPage({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['service_desk', 'visit', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/visits/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['visit'] },
  });
  if (found.isPending) return <Skeleton />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  return <Loaded it={found.data} />;
}

function Loaded({ it }: { it: Schema<'VisitDetail'> }) {
  const [ask, window] = useConfirm();
  const [open, form] = useStep();
  const matter = useMatter(it);
  const path = { params: { path: { id: it.id } } };
  const name = (what: string) => `service_desk.visit.${it.id}.${what}`;
  const done = () => reloadKind('visit');

  const all: Record<Schema<'VisitAction'>, RecordAction> = {
    record: {
      key: 'record',
      label: t('visits.record'),
      ...(it.own_work && { disabled: t('visits.own_work') }),
      onClick: () =>
        open({
          name: name('record'),
          title: t('visits.record'),
          initial: { method: 'phone' },
          fields: [
            {
              name: 'result',
              label: t('visits.result'),
              kind: 'choice',
              blank: true,
              options: options('visit_result', [
                'satisfied',
                'fairly',
                'average',
                'dissatisfied',
                'unreachable',
              ]),
              required: true,
            },
            {
              name: 'method',
              label: t('visits.method'),
              kind: 'choice',
              options: options('visit_method', ['phone', 'home']),
              required: true,
            },
            { name: 'comment', label: t('visits.comment'), kind: 'lines' },
            { name: 'wants_follow_up', label: t('visits.wants_follow_up'), kind: 'flag' },
            { name: 'occurred_at', label: t('happened_at'), kind: 'time', hint: t('time_hint') },
          ],
          run: async (body, headers) => {
            await api.POST('/api/v1/visits/{id}/record', { ...path, body, headers });
            done();
          },
        }),
    },
    follow_up: {
      key: 'follow_up',
      label: t('visits.follow_up'),
      onClick: () =>
        open({
          name: name('follow_up'),
          title: t('visits.follow_up'),
          initial: { reopen: false },
          fields: [
            { name: 'text', label: t('visits.follow_up_text'), kind: 'lines', required: true },
            { name: 'reopen', label: t('visits.reopen'), kind: 'flag' },
          ],
          run: async (body, headers) => {
            await api.POST('/api/v1/visits/{id}/follow-up', {
              ...path,
              body: { ...body, reopen: Boolean(body.reopen) },
              headers,
            });
            done();
          },
        }),
    },
    assign: {
      key: 'assign',
      label: t('visits.assign'),
      onClick: () =>
        open({
          name: name('assign'),
          title: t('visits.assign'),
          fields: [
            { name: 'visitor_id', label: t('visits.visitor'), kind: 'person', required: true },
          ],
          run: async (body, headers) => {
            await api.POST('/api/v1/visits/{id}/assign', { ...path, body, headers });
            done();
          },
        }),
    },
    close: {
      key: 'close',
      label: t('order.close'),
      onClick: () =>
        ask({
          title: t('order.close'),
          confirm: t('order.close'),
          reason: 'none',
          run: async (_, headers) => {
            await api.POST('/api/v1/visits/{id}/close', { ...path, body: {}, headers });
            done();
          },
        }),
    },
  };
  const order: Schema<'VisitAction'>[] = ['record', 'follow_up', 'close', 'assign'];
  const allowed = can('visit.do') ? order.filter((one) => it.actions.includes(one)) : [];
  const first = allowed[0];
  return (
    <>
      <RecordPage
        eyebrow={`${t('chain.visit')} ${it.no}`}
        title={[it.house_no, it.party_name].filter(Boolean).join(' ') || it.no}
        state={<StatePill group="visit_state" state={it.state} />}
        backTo="/visits"
        {...(first && { next: all[first] })}
        others={allowed.slice(1).map((one) => all[one])}
        facts={[
          { label: t('due'), value: <Deadline due={it.due_at} done={it.asked_at} /> },
          {
            label: t('contact'),
            value: (
              <ContactName
                of={{ contact_name: matter.name, party_name: it.party_name, house_id: it.house_id }}
              />
            ),
          },
          { label: t('phone'), value: <PhoneOf known={matter.phone} party={it.party_id} /> },
          { label: t('visits.visitor'), value: it.visitor_name ?? '—' },
          { label: t('visits.why'), value: t.code('visit_reason', it.reason) },
          { label: t('visits.attempts'), value: it.attempts },
        ]}
        chain={[
          {
            key: 'subject',
            label: t.code('visit_subject', it.subject),
            title: it.subject_no,
            href: `${PLACE[it.subject]}/${it.subject_id}`,
          },
          { key: 'visit', label: t('chain.visit'), title: it.no, current: true },
        ]}
        side={sidePanels('visit', it.id, 'visit_state', matter.files)}
      >
        {it.own_work && <p className="notice notice-warn">{t('visits.own_work')}</p>}
        <Section title={t('text')}>
          <p className="sd-text">{it.title}</p>
        </Section>
        {it.result && (
          <Section title={t('visits.result')}>
            <Facts
              facts={[
                { label: t('visits.result'), value: <Result of={it.result} /> },
                {
                  label: t('visits.method'),
                  value: it.method ? t.code('visit_method', it.method) : '—',
                },
                { label: t('visits.asked_at'), value: <TimeText value={it.asked_at} /> },
                { label: t('visits.comment'), value: it.comment ?? '—' },
                { label: t('visits.follow_up'), value: it.follow_up ?? '—' },
              ]}
            />
          </Section>
        )}
        <LateNotes notes={it.late_notes} />
      </RecordPage>
      {window}
      {form}
    </>
  );
}
