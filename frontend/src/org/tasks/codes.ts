import type { Schema } from '@/api/client';
import { t } from '@/locales/tasks';

export const states = [
  'issued',
  'accepted',
  'in_progress',
  'reported_done',
  'returned',
  'closed',
  'cancelled',
] as const satisfies readonly Schema<'TaskState'>[];

export const priorities = [
  'normal',
  'high',
  'urgent',
] as const satisfies readonly Schema<'TaskPriority'>[];

export const sources = [
  'leader',
  'meeting',
  'review',
  'issue',
  'briefing',
] as const satisfies readonly Schema<'TaskSource'>[];

export const sides = ['mine', 'given', 'below'] as const satisfies readonly Schema<'TaskSide'>[];

/** Codes of a group with their words, for choices and filters. */
export const options = <C extends string>(group: string, codes: readonly C[]) =>
  codes.map((value) => ({ value, label: t.code(group, value) }));
