import type { Schema } from '@/api/client';
import { t } from '@/locales/field';
import { Pill, type Tone } from '@/ui/text';

// Without antd and with few texts: the phone pages use these too.

const tones: Record<string, Tone> = {
  // waits for somebody here
  requested: 'warn',
  received: 'warn',
  dispatched: 'warn',
  done: 'warn',
  due: 'warn',
  opened: 'warn',
  unreachable: 'warn',
  returned_to_work: 'late',
  // somebody is on it
  accepted: 'accent',
  on_site: 'accent',
  investigating: 'accent',
  validity_decided: 'accent',
  handling: 'accent',
  mediating: 'accent',
  escalated_to_pubsup: 'accent',
  escalated_to_asstmgr: 'accent',
  escalated_to_cscmgr: 'accent',
  // good
  verified: 'ok',
  visited: 'ok',
  replied: 'ok',
  settled: 'ok',
  followed_up: 'ok',
  taken_in: 'ok',
};

export const toneOf = (state: string): Tone => tones[state] ?? 'plain';

/** A request that was dispatched waits for nobody at the desk; an order in that state does. */
export const toneIn = (group: string, state: string): Tone =>
  group === 'request_state' && state === 'dispatched' ? 'accent' : toneOf(state);

export const OrderPill = ({ state }: { state: Schema<'OrderState'> }) => (
  <Pill tone={toneOf(state)}>{t.code('order_state', state)}</Pill>
);

export const UrgencyPill = ({ urgency }: { urgency: Schema<'Urgency'> }) =>
  urgency === 'normal' ? (
    <span>{t('urgency.normal')}</span>
  ) : (
    <Pill tone={urgency === 'emergency' ? 'late' : 'warn'}>{t.code('urgency', urgency)}</Pill>
  );

/** A personal value: shown, hidden from this person, or not there. */
export function Private({ of }: { of: Schema<'Disclosed'> | null | undefined }) {
  if (!of?.value) return <span className="muted">{of?.masked ? t('masked') : '—'}</span>;
  return <span className="num">{of.value}</span>;
}

interface Somewhere {
  house_no?: string | null;
  place_name?: string | null;
  place_text?: string | null;
}
export const whereIs = (it: Somewhere) =>
  [...new Set([it.house_no, it.place_name, it.place_text])].filter(Boolean).join(' · ') || '—';
