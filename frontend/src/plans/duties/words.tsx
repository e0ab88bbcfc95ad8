import type { Schema } from '@/api/client';
import { t } from '@/locales/duty';
import { either } from '@/ui/format';
import { Deadline, Pill, TimeText, type Tone } from '@/ui/text';
import type { Duty, DutyStatus } from './duty';

// Without antd and with few texts: the phone pages use these too.

/** A text of the server in the person's language. */
export const said = (words: Schema<'DutyWords'>) => either(words.zh, words.en);

const TONES: Record<DutyStatus, Tone> = {
  open: 'accent',
  done_on_time: 'ok',
  done_late: 'warn',
  missed: 'late',
  explained: 'warn',
  waived: 'plain',
  confirmed_missed: 'late',
  withdrawn: 'plain',
};

export const StatusPill = ({ status }: { status: DutyStatus }) => (
  <Pill tone={TONES[status]}>{t.code('status', status)}</Pill>
);

/** Something that nobody is held to says so. */
export const OptionalPill = ({ optional }: { optional: boolean }) =>
  optional ? <Pill>{t('optional')}</Pill> : null;

/** Decided on, or asked for by nobody any more. */
const OVER: ReadonlySet<DutyStatus> = new Set<DutyStatus>([
  'waived',
  'confirmed_missed',
  'withdrawn',
]);

type Timed = Pick<Duty, 'status' | 'due_at' | 'done_at'>;

/** Until when; what has been decided on is not overdue any more. */
export function DutyDue({ duty }: { duty: Timed }) {
  if (OVER.has(duty.status)) return <TimeText value={duty.due_at} />;
  return <Deadline due={duty.due_at} done={duty.done_at ?? null} />;
}

/** What proves it, how much of it there is and how much is needed; a record proves its own. */
export const evidenceText = ({
  evidence,
  found,
  minimum,
}: Pick<Duty, 'evidence' | 'found' | 'minimum'>) =>
  evidence
    ? t('found_of', { what: t.code('evidence', evidence), found, minimum })
    : t('evidence_record');
