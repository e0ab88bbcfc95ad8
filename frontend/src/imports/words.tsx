import type { Schema } from '@/api/client';
import { t } from '@/locales/imports';
import { Pill, type Tone } from '@/ui/text';

export type Run = Schema<'ImportLine'>;

export const importKinds = [
  'houses',
  'parties',
  'occupancies',
] as const satisfies readonly Schema<'ImportKind'>[];
export const importStates = [
  'uploaded',
  'checking',
  'ready',
  'queued',
  'running',
  'done',
  'failed',
  'cancelled',
] as const satisfies readonly Schema<'ImportState'>[];

export const options = <C extends string>(group: string, codes: readonly C[]) =>
  codes.map((value) => ({ value, label: t.code(group, value) }));

const TONE: Record<Schema<'ImportState'>, Tone> = {
  uploaded: 'accent',
  checking: 'accent',
  ready: 'warn',
  queued: 'accent',
  running: 'accent',
  done: 'ok',
  failed: 'late',
  cancelled: 'plain',
};
export const RunPill = ({ state }: { state: Schema<'ImportState'> }) => (
  <Pill tone={TONE[state]}>{t.code('state', state)}</Pill>
);

/** Whether the server works on it now: its page asks again and again. */
export const atWork = (state: Schema<'ImportState'>) =>
  state === 'uploaded' || state === 'checking' || state === 'queued' || state === 'running';
