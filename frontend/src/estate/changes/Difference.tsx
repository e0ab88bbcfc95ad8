import { t } from '@/locales/estate';
import type { StructureChange } from '../elements';
import { sayField, sayValue } from './said';

/** The fields of a change with what stands there and what was asked for. */
export function differences(change: StructureChange) {
  const before = change.before as Record<string, unknown>;
  // An edit may name fields that stay as they are; only those that differ have a value before.
  const differs = (field: string) => change.kind !== 'alter' || field in before;
  return Object.entries(change.proposed as Record<string, unknown>)
    .filter(([field]) => differs(field))
    .map(([field, value]) => ({
      field,
      label: sayField(field) || field,
      before: sayValue(change.subject_kind, field, before[field]),
      after: sayValue(change.subject_kind, field, value),
    }));
}

/** What a change comes to, in one line: for lists. */
export function Difference({ change }: { change: StructureChange }) {
  const fields = differences(change);
  if (fields.length === 0) return <>{t.code('change_means', change.kind)}</>;
  return (
    <>
      {fields.map((one, i) => (
        <span key={one.field}>
          {i > 0 && t('sign.between')}
          {one.label} {one.before} → <b>{one.after}</b>
        </span>
      ))}
    </>
  );
}
