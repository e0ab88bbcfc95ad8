import { useQuery } from '@tanstack/react-query';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/shifts';
import { remembered } from '@/offline/cache';
import { addDays, formatDate, timeOfDay } from '@/ui/format';
import { Card, Empty, Screen } from '@/ui/phone';
import { thisMonday, weekOf } from './week';

type Line = Schema<'RosterLine'>;

/** This week and the next of the signed-in person, kept for when there is no network. */
export function useMyShifts() {
  const me = useMe();
  const estate = me.posts.find((held) => held.estate_id)?.estate_id ?? me.estates[0]?.id ?? '';
  const monday = thisMonday();
  return useQuery({
    queryKey: ['m', 'shifts', me.account_id, estate, monday],
    queryFn: ({ signal }) =>
      remembered(`shifts.${estate}.${monday}`, async () => {
        const weeks = await Promise.all(
          [monday, addDays(monday, 7)].map((week) =>
            ok(
              api.GET('/api/v1/roster', { params: { query: { estate_id: estate, week } }, signal }),
            ),
          ),
        );
        return weeks
          .flatMap((week) => week.entries)
          .filter((line) => line.employee_id === me.employee?.id);
      }),
    enabled: estate !== '' && Boolean(me.employee),
    meta: { kinds: ['roster_entry'] },
  });
}

/** `08:00–16:00`. */
export const hoursOf = (line: Line) => `${timeOfDay(line.starts_at)}–${timeOfDay(line.ends_at)}`;

/** The phone's page of one's own shifts: fourteen days, days off included. */
export function MyShifts() {
  const shifts = useMyShifts();
  const monday = thisMonday();
  const days = [...weekOf(monday), ...weekOf(addDays(monday, 7))];
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return (
    <Screen title={t('title')} back="/m">
      {shifts.data && shifts.data.length === 0 && <Empty title={t('none')} hint={t('none_hint')} />}
      {shifts.isPending && <p className="muted">{t('loading')}</p>}
      {shifts.data &&
        shifts.data.length > 0 &&
        days
          .filter((date) => date >= today)
          .map((date) => {
            const mine = shifts.data.filter((line) => line.on_date === date);
            return (
              <Card
                key={date}
                title={
                  mine.length > 0
                    ? mine.map((line) => `${line.shift_name} ${hoursOf(line)}`).join('，')
                    : t('off')
                }
                meta={`${formatDate(date)}${date === today ? ` · ${t('today')}` : ''}`}
              />
            );
          })}
    </Screen>
  );
}
