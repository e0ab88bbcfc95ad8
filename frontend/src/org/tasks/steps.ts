import type { Schema } from '@/api/client';
import { t } from '@/locales/tasks';
import type { Step } from '@/ui/record/StateSteps';
import { giverOf } from './pills';

type Task = Schema<'TaskView'>;

const WAY: readonly Task['state'][] = [
  'issued',
  'accepted',
  'in_progress',
  'reported_done',
  'closed',
];

/** How far along the way a task is; what came back is being done again. */
const placeOf = (state: Task['state']) => {
  if (state === 'returned') return WAY.indexOf('in_progress');
  return WAY.indexOf(state);
};

/** The way of a task, with who took the steps whose time the record keeps. */
export function stepsOf(it: Task): Step[] {
  const at = placeOf(it.state);
  const phase = (place: number): Step['phase'] => {
    if (it.state === 'cancelled') return place === 0 ? 'done' : 'skipped';
    if (place < at || it.state === 'closed') return 'done';
    return place === at ? 'now' : 'next';
  };
  const known: Partial<Record<(typeof WAY)[number], Partial<Step>>> = {
    issued: { who: giverOf(it), at: it.issued_at },
    reported_done: { who: it.reported_by_name, at: it.reported_at ?? null },
    closed: { at: it.state === 'closed' ? (it.ended_at ?? null) : null },
    ...(it.state === 'returned' && { in_progress: { note: t('state.returned') } }),
  };
  return WAY.map((key, place) => ({
    key,
    label: t.code('step', key),
    phase: phase(place),
    ...known[key],
  }));
}
