import type { Me } from '@/access/session';
import type { Schema } from '@/api/client';
import { t } from '@/locales/duty';
import { isDecider } from '@/org/deciders';
import { formatDate, timeOfDay } from '@/ui/format';

export type Duty = Schema<'ObligationView'>;
export type DutyDetail = Schema<'ObligationDetail'>;
export type DutyStatus = Schema<'ObligationStatus'>;

export const STATUSES = [
  'open',
  'missed',
  'explained',
  'done_on_time',
  'done_late',
  'waived',
  'confirmed_missed',
  'withdrawn',
] as const satisfies readonly DutyStatus[];

/** Whether its time went by and the superior has not decided yet: to be explained or decided on. */
export const isUndecided = ({ status }: Pick<Duty, 'status'>) =>
  status === 'missed' || status === 'explained';

/** Whether the duty is this person's: by the assignment, or by the post that does it for all. */
export function owes(
  duty: Pick<Duty, 'assignment' | 'estate' | 'post'>,
  posts: Me['posts'],
): boolean {
  if (duty.assignment) return posts.some((held) => held.assignment_id === duty.assignment);
  return posts.some(
    (held) => held.post === duty.post && (!held.estate_id || held.estate_id === duty.estate),
  );
}

/** Whether this person is who waives it or confirms that it was missed. */
export const decides = (
  detail: Pick<DutyDetail, 'decided_by_whom'>,
  person: string | null | undefined,
): boolean => isDecider(detail.decided_by_whom, person);

/** What a duty is called by beside its name: the record that has started it, or its turn. */
export const turnOrRecord = ({ turn, record }: Pick<Duty, 'turn' | 'record'>) =>
  record?.no ?? turnText(turn);

/** The same beside the day on which it falls due; a day's own turn says nothing more. */
export function turnBesideDue(duty: Pick<Duty, 'turn' | 'record' | 'due_at'>): string | undefined {
  const called = turnOrRecord(duty);
  return called === formatDate(duty.due_at) ? undefined : called;
}

/** The name of a turn in words: `2026-W48` is the 48th week, `2026-11-26/2330Z` a shift. */
export function turnText(turn: string): string {
  const [head = '', start] = turn.split('/');
  if (start) {
    // The instant at which the shift begins stands there without its date.
    const time = timeOfDay(`2000-01-01T${start.slice(0, 2)}:${start.slice(2, 4)}:00Z`);
    return t('turn.shift', { day: formatDate(head), time });
  }
  if (/^\d{4}-\d\d-\d\d$/.test(head)) return formatDate(head);
  const [year = '', part = ''] = head.split('-');
  if (!part) return t('turn.year', { year });
  const n = Number(part.replace(/\D/g, ''));
  if (part.startsWith('W')) return t('turn.week', { year, n });
  if (part.startsWith('Q')) return t('turn.quarter', { year, n });
  if (part.startsWith('H')) return t(n === 1 ? 'turn.half_1' : 'turn.half_2', { year });
  return t('turn.month', { year, n });
}
