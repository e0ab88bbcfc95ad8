import { Button } from 'antd';
import { can } from '@/access/can';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import type { useConfirm } from '@/ui/form';
import { aside, formatFen, formatThousandths, formatTime, listed } from '@/ui/format';
import { Facts, Section } from '@/ui/record';
import { Money, Pill, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';

/** Each finishing of the order, the latest first: after a return there is more than one. */
export function Results({ results }: { results: readonly Schema<'OrderResult'>[] }) {
  return (
    <Section title={t('order.results')}>
      {results.length === 0 && <p className="muted">{t('order.no_result')}</p>}
      {[...results].reverse().map((one) => (
        <Facts
          key={one.finished_at}
          facts={[
            {
              label: t('orders.step.finished'),
              value: (
                <>
                  {one.technician_name} <TimeText value={one.finished_at} />
                </>
              ),
            },
            { label: t('order.cause'), value: one.cause },
            { label: t('order.work'), value: <span className="sd-text">{one.work_done}</span> },
            { label: t('order.minutes'), value: t('order.minutes_n', { n: one.minutes_worked }) },
            { label: t('order.materials'), value: materials(one.materials_used) },
            { label: t('order.material_cost'), value: <Money sign fen={one.material_cost_fen} /> },
            { label: t('order.charge'), value: <Money sign fen={one.charge_fen} /> },
            {
              label: t('order.safety'),
              value: (
                <>
                  <Pill tone={one.safety_passed ? 'ok' : 'late'}>
                    {t(one.safety_passed ? 'order.safety_ok' : 'order.safety_bad')}
                  </Pill>{' '}
                  {one.safety_note}
                </>
              ),
            },
            {
              label: t('order.sign'),
              value: `${t.code('sign_kind', one.sign_kind)}${one.sign_name ? aside(one.sign_name) : ''}`,
            },
          ]}
        />
      ))}
    </Section>
  );
}

function materials(used: unknown): string {
  const lines = Array.isArray(used) ? (used as Schema<'OrderMaterial'>[]) : [];
  if (lines.length === 0) return t('order.no_materials');
  return listed(lines.map((one) => `${one.name} ${formatThousandths(one.quantity)} ${one.unit}`));
}

interface CostsProps {
  costs: readonly Schema<'OrderCost'>[];
  ask: ReturnType<typeof useConfirm>[0];
}

/** Costs the technician asked for, to be approved before the work goes on. */
export function Costs({ costs, ask }: CostsProps) {
  const decide = (cost: Schema<'OrderCost'>, yes: boolean) => {
    const amount = formatFen(cost.amount_fen);
    ask({
      title: t(yes ? 'cost.approve_title' : 'cost.refuse_title', { amount }),
      text: cost.reason,
      confirm: t(yes ? 'cost.approve' : 'cost.refuse'),
      danger: !yes,
      reason: yes ? 'optional' : 'required',
      run: async (reason, headers) => {
        const path = { params: { path: { id: cost.id } }, headers };
        if (yes) {
          await api.POST('/api/v1/work-order-costs/{id}/approve', {
            ...path,
            body: { reason: reason || null },
          });
        } else {
          await api.POST('/api/v1/work-order-costs/{id}/refuse', { ...path, body: { reason } });
        }
        toast(t('cost.decided'));
        reloadKind('work_order');
      },
    });
  };
  return (
    <Section title={t('order.costs')}>
      <ul className="sd-lines">
        {costs.map((cost) => (
          <li key={cost.id}>
            {t.code('cost_kind', cost.kind)} <Money sign fen={cost.amount_fen} />{' '}
            <Pill
              tone={cost.state === 'approved' ? 'ok' : cost.state === 'refused' ? 'late' : 'warn'}
            >
              {t.code('cost_state', cost.state)}
            </Pill>{' '}
            {cost.needs_expense_approval && <Pill tone="warn">{t('cost.expense')}</Pill>}
            <div>{cost.reason}</div>
            <div className="muted">
              <TimeText value={cost.decided_at ?? cost.asked_at} /> {cost.decision_reason}
            </div>
            {cost.state === 'pending' && can('order.approve') && (
              <div className="sd-dispatch">
                <Button type="primary" onClick={() => decide(cost, true)}>
                  {t('cost.approve')}
                </Button>
                <Button danger onClick={() => decide(cost, false)}>
                  {t('cost.refuse')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Who had the order, and why not the suggested technician. */
export function Dispatches({ dispatches }: { dispatches: readonly Schema<'OrderDispatch'>[] }) {
  return (
    <Section title={t('order.dispatches')}>
      <ul className="sd-lines">
        {dispatches.map((one) => (
          <li key={one.dispatched_at}>
            <TimeText value={one.dispatched_at} />{' '}
            {t('order.dispatch_line', {
              by: one.dispatched_by_name ?? '',
              to: one.technician_name,
            })}
            {one.suggested_name && one.suggested_id !== one.technician_id && (
              <div className="muted">{t('order.suggested_was', { name: one.suggested_name })}</div>
            )}
            {one.reason && <div className="muted">{one.reason}</div>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a device sent too late to change anything: kept, never lost. */
export function LateNotes({ notes }: { notes: readonly Schema<'OrderLateNote'>[] }) {
  return (
    <Section title={t('order.late_notes')}>
      <ul className="sd-lines">
        {notes.map((note) => (
          <li key={note.id}>
            {t('order.late_note', {
              name: note.employee_name,
              time: formatTime(note.occurred_at),
              act: t.code('act', note.act),
            })}
          </li>
        ))}
      </ul>
    </Section>
  );
}
