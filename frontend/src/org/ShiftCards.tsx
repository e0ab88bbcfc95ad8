import { t } from '@/locales/shifts';
import { formatDate } from '@/ui/format';
import { Card } from '@/ui/phone';
import { hoursOf, useMyShifts } from './myRoster';

/** Today's or the next shift on the phone's first page; nothing without a roster. */
export default function ShiftCards() {
  const shifts = useMyShifts();
  const now = Date.now();
  const next = shifts.data?.find((line) => Date.parse(line.ends_at) > now);
  if (!next) return null;
  return (
    <Card
      to="/m/shifts"
      title={`${next.shift_name} ${hoursOf(next)}`}
      meta={`${t(Date.parse(next.starts_at) <= now ? 'now' : 'next')} · ${formatDate(next.on_date)}`}
    />
  );
}
