import { t } from '@/locales/shifts';
import { addDays, formatDate, today } from '@/ui/format';
import { Card, Empty, Screen } from '@/ui/phone';
import { hoursOf, useMyShifts } from './myRoster';
import { thisMonday, weekOf } from './week';

/** The phone's page of one's own shifts: fourteen days, days off included. */
export function MyShifts() {
  const shifts = useMyShifts();
  const monday = thisMonday();
  const days = [...weekOf(monday), ...weekOf(addDays(monday, 7))];
  const now = today();
  return (
    <Screen title={t('title')} back="/m">
      {shifts.data && shifts.data.length === 0 && <Empty title={t('none')} hint={t('none_hint')} />}
      {shifts.isPending && <p className="muted">{t('loading')}</p>}
      {shifts.data &&
        shifts.data.length > 0 &&
        days
          .filter((date) => date >= now)
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
                meta={`${formatDate(date)}${date === now ? ` · ${t('today')}` : ''}`}
              />
            );
          })}
    </Screen>
  );
}
