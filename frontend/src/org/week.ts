import { addDays, formatDate, today } from '@/ui/format';

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

export const weekOf = (monday: string) => Array.from({ length: 7 }, (_, i) => addDays(monday, i));

/** Whether a span of instants touches a day of the estate's clock. */
export function touches(date: string, from: string, until: string): boolean {
  const start = Date.parse(`${date}T00:00:00+08:00`);
  return Date.parse(from) < start + 86_400_000 && Date.parse(until) > start;
}

const two = (n: number) => String(n).padStart(2, '0');

/** Minutes after midnight as `07:30`. */
export const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

export const thisMonday = () => mondayOf(today());

/** `周一 11-23` or `23 Nov Mon`: the year stands in the head. */
export function shortDay(date: string): string {
  const said = formatDate(date);
  const [day = '', weekday = ''] = said.includes('周') ? said.split(' ') : [said.slice(0, -5), ''];
  return weekday ? `${weekday} ${day.slice(5)}` : day;
}
