import { useQuery } from '@tanstack/react-query';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { remembered } from '@/offline/cache';
import { addDays, timeOfDay } from '@/ui/format';
import { thisMonday } from './week';

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
