/** Minutes after midnight as `21:00`, the form of a time field. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Back again; none while the field is not filled. */
export function minutesOf(clock: string): number | null {
  const [hour = '', minute = ''] = clock.split(':');
  return hour && minute ? Number(hour) * 60 + Number(minute) : null;
}
