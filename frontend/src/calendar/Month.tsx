import { t } from '@/locales/calendar';
import { either, formatDate } from '@/ui/format';
import { type Day, weeksOf } from './data';

interface MonthProps {
  days: readonly Day[];
  month: number;
  /** Choosing a day begins an entry for it. */
  choose?: ((day: Day) => void) | undefined;
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const WORKED = new Set(['workday', 'make_up_workday']);

/** One month: each day with its number, its mark in a word, and its colour beside the word. */
export function Month({ days, month, choose }: MonthProps) {
  const { empty, days: own } = weeksOf(days, month);
  const worked = own.filter((day) => WORKED.has(day.kind)).length;
  return (
    <section className="cal-month" aria-label={t.code('month', String(month))}>
      <h2>
        {t.code('month', String(month))}
        <span className="muted num">{t('month.workdays', { n: worked })}</span>
      </h2>
      <div className="cal-grid">
        {WEEKDAYS.map((weekday) => (
          <span key={weekday} className="cal-weekday" aria-hidden>
            {t(`weekday.${weekday}`)}
          </span>
        ))}
        {own.map((day, place) => (
          <Cell
            key={day.date}
            day={day}
            start={place === 0 ? empty + 1 : undefined}
            choose={choose}
          />
        ))}
      </div>
    </section>
  );
}

interface CellProps {
  day: Day;
  start: number | undefined;
  choose: ((day: Day) => void) | undefined;
}

function Cell({ day, start, choose }: CellProps) {
  const name = either(day.name_zh, day.name_en);
  const mark = t.has(`mark.${day.kind}`) ? t.code('mark', day.kind) : '';
  const said = [formatDate(day.date), t.code('kind', day.kind), name].filter(Boolean).join(' ');
  const className = `cal-day is-${day.kind}${day.source === 'built_in' ? '' : ' is-entered'}`;
  const style = start ? { gridColumnStart: start } : undefined;
  const content = (
    <>
      <span className="num">{Number(day.date.slice(8))}</span>
      {mark && <span className="cal-mark">{mark}</span>}
    </>
  );
  if (!choose) {
    return (
      <span className={className} style={style} role="img" aria-label={said} title={said}>
        {content}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={className}
      style={style}
      aria-label={said}
      title={said}
      onClick={() => choose(day)}
    >
      {content}
    </button>
  );
}
