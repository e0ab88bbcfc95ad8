import type { Schema } from '@/api/client';
import { t } from '@/locales/tasks';
import { Pill, type Tone } from '@/ui/text';

// Without antd: the phone pages use these too.

export type TaskState = Schema<'TaskState'>;

const STATES: Record<TaskState, Tone> = {
  issued: 'warn',
  accepted: 'accent',
  in_progress: 'accent',
  reported_done: 'warn',
  returned: 'late',
  closed: 'ok',
  cancelled: 'plain',
};

export const TaskPill = ({ state }: { state: TaskState }) => (
  <Pill tone={STATES[state]}>{t.code('state', state)}</Pill>
);

/** A priority out of the ordinary; nothing for the rest. */
export const PriorityPill = ({ priority }: { priority: Schema<'TaskPriority'> }) =>
  priority === 'normal' ? null : (
    <Pill tone={priority === 'urgent' ? 'late' : 'warn'}>{t.code('priority', priority)}</Pill>
  );

interface Given {
  given_by_name?: string | null;
  given_for_name?: string | null;
}

/** Who gave it, and for whom they acted. */
export const giverOf = ({ given_by_name, given_for_name }: Given) =>
  given_for_name
    ? t('for', { name: given_by_name ?? '—', whom: given_for_name })
    : (given_by_name ?? '—');
