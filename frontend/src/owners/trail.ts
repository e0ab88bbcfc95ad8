import type { Schema } from '@/api/client';
import { t } from '@/locales/owners';
import { t as trail } from '@/locales/trail';
import { formatDate } from '@/ui/format';

const DATE = /^\d{4}-\d\d-\d\d$/;

/** The words of the archive's trail; `states` is the group of the record's states. */
export function wordsOf(states?: 'file_state' | 'consultation_state') {
  return {
    action: (code: string) => trail.code('action', code),
    ...(states && { state: (code: string) => t.code(states, code) }),
    field: (name: string) => (t.has(`trail.${name}`) ? t.code('trail', name) : ''),
    value: sayValue,
  };
}

/** A value as one reads it; documents and phones stand in the trail as digests only. */
function sayValue(field: string, value: unknown): string {
  if (field === 'identity_number' || field === 'phones') {
    return Array.isArray(value) && value.length === 0 ? '—' : t('trail.hidden');
  }
  if (Array.isArray(value)) {
    return value.map((one) => t.code('item', String(one))).join(t('list_comma')) || '—';
  }
  const text = String(value);
  if (text === '') return '—';
  if (DATE.test(text)) return formatDate(text);
  if (field === 'kind' || field === 'role') {
    return t.has(`role.${text}`) ? t.code('role', text) : t.code('item', text);
  }
  return text;
}

export type PartyRecord = Schema<'PartyRecord'>;
