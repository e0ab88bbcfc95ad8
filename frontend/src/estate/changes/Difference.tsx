import { t } from '@/locales/estate';
import type { StructureChange } from '../elements';
import { sayField, sayValue } from './said';

/** The fields of a change with what stands there and what was asked for. */
export const differences = (change: StructureChange) =>
  Object.entries(change.proposed as Record<string, unknown>).map(([field, value]) => ({
    field,
    label: sayField(field) || field,
    before: sayValue(change.subject_kind, field, (change.before as Record<string, unknown>)[field]),
    after: sayValue(change.subject_kind, field, value),
  }));

/** What a change comes to, in one line: for lists. */
export function Difference({ change }: { change: StructureChange }) {
  const fields = differences(change);
  if (fields.length === 0) return <>{t.code('change_means', change.kind)}</>;
  return (
    <>
      {fields.map((one, i) => (
        <span key={one.field}>
          {i > 0 && '；'}
          {one.label} {one.before} → <b>{one.after}</b>
        </span>
      ))}
    </>
  );
}
