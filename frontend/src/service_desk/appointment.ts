import type { Schema } from '@/api/client';

/** The clock of every estate: UTC+8 without summer time. */
const at = (local: string) => new Date(`${local}:00+08:00`);

/** What a date-time field of the browser holds, as an instant. */
export const instant = (local: string) => at(local).toISOString();

/**
 * An appointment from the browser's own date-time fields; one without an end lasts two hours.
 * None without a beginning.
 */
export function appointment(
  from: string | undefined,
  until: string | undefined,
): Schema<'RepairAppointment'> | null {
  if (!from) return null;
  const end = until ? at(until) : new Date(at(from).getTime() + 2 * 3_600_000);
  return { from: at(from).toISOString(), until: end.toISOString() };
}
