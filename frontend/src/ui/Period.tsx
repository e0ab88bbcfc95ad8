import { type ReactNode, useState } from 'react';
import { useMe } from '@/access/session';
import { t } from '@/locales/ui';
import { Native } from './form/Native';
import { today } from './format';
import './period.css';

/** What figures are about: one estate, and a year or one of its months. */
export interface Period {
  estate_id?: string;
  from: string;
  until: string;
}

/** Its months (`2026-03`) as far as they have begun: also those in which nothing happened. */
export function monthsOf({ from, until }: Period, now = today()): string[] {
  const last = (until < now ? until : now).slice(0, 7);
  const year = from.slice(0, 5);
  return Array.from({ length: 12 }, (_, i) => `${year}${String(i + 1).padStart(2, '0')}`).filter(
    (month) => month >= from.slice(0, 7) && month <= last,
  );
}

/** `const [period, bar] = usePeriod()`: the choice of estate, year and month above figures, and what `more` adds to it. */
export function usePeriod(more?: ReactNode): [Period, ReactNode] {
  const estates = useMe().estates.map((one) => ({ value: one.id, label: one.name }));
  const now = Number(today().slice(0, 4));
  const [estate, setEstate] = useState(estates[0]?.value ?? '');
  const [year, setYear] = useState(String(now));
  const [month, setMonth] = useState('');
  const last = new Date(Date.UTC(Number(year), Number(month || 12), 0)).getUTCDate();
  const period = {
    ...(estate && { estate_id: estate }),
    from: `${year}-${month || '01'}-01`,
    until: `${year}-${month || '12'}-${String(last).padStart(2, '0')}`,
  };
  const bar = (
    <div className="period">
      {estates.length > 1 && (
        <Native label={t('period.estate')} options={estates} value={estate} onChange={setEstate} />
      )}
      <Native
        label={t('period.year')}
        value={year}
        onChange={setYear}
        options={[0, 1, 2, 3].map((back) => ({
          value: String(now - back),
          label: String(now - back),
        }))}
      />
      <Native
        label={t('period.month')}
        value={month}
        blank={t('period.whole_year')}
        onChange={setMonth}
        options={Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0')).map(
          (value) => ({ value, label: t('period.month_n', { n: Number(value) }) }),
        )}
      />
      {more}
    </div>
  );
  return [period, bar];
}
