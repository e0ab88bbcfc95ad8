import type { Schema } from '@/api/client';
import { today } from '@/ui/format';

/** Whether a time in a house lies before, over or after the day. */
export function whenOf(
  span: Pick<Schema<'Occupancy'>, 'valid_from' | 'valid_until'>,
  day = today(),
): 'future' | 'now' | 'past' {
  if (day < span.valid_from) return 'future';
  return span.valid_until && day >= span.valid_until ? 'past' : 'now';
}
