import type { Schema } from '@/api/client';
import { t as p } from '@/locales/permission';
import { t } from '@/locales/trail';

export type TrailLine = Schema<'TrailLine'>;

/** The one who did it; services, administrators and the scheduler have no name on the trail. */
export const whoDid = (line: TrailLine) => line.employee_name ?? t('by_service');

/** `参数 · 修改`: the kind of record and the deed. */
export const whatWasDone = (line: TrailLine) =>
  `${t.code('kind', line.subject_kind)} · ${t.code('action', line.action)}`;

export interface Change {
  field: string;
  before: string;
  after: string;
}

/** The changed values as words; personal data comes from the server as a mark, never as itself. */
export function changesOf(line: TrailLine): Change[] {
  const changes = line.changes;
  if (!changes || typeof changes !== 'object') return [];
  return Object.entries(changes as Record<string, unknown>).map(([field, value]) =>
    Array.isArray(value) && value.length === 2
      ? { field, before: say(value[0]), after: say(value[1]) }
      : { field, before: '', after: say(value) },
  );
}

function say(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (Array.isArray(value)) return value.map(say).join('、');
  if (typeof value === 'object') {
    return Object.values(value).map(say).join('、');
  }
  const text = String(value);
  return p.has(text) ? p(text) : text;
}
