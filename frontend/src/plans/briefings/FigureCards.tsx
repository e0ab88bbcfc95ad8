import { t } from '@/locales/briefings';
import { pageOf } from '@/shell/places';
import { Anchor } from '@/ui/Anchor';
import { formatCount } from '@/ui/format';
import type { CountedRecord, Item } from './data';
import './briefings.css';

/** The figures of the day before; each opens to the records that it counts. */
export function FigureCards({ items }: { items: readonly Item[] }) {
  if (items.length === 0) return <p className="muted">{t('figures_none')}</p>;
  return (
    <div className="briefing-figures">
      {items.map((item) => (
        <FigureCard key={item.measure} item={item} />
      ))}
    </div>
  );
}

/** What is late stands out as soon as there is any of it. */
const isBad = ({ measure, count }: Item) =>
  count > 0 && (measure.endsWith('_late') || measure === 'visits_dissatisfied');

function FigureCard({ item }: { item: Item }) {
  const head = (
    <>
      <b className="num">{formatCount(item.count)}</b> {t.code('measure', item.measure)}
    </>
  );
  const className = `briefing-figure${isBad(item) ? ' late' : ''}`;
  if (item.records.length === 0) return <div className={className}>{head}</div>;
  const more = item.count - item.records.length;
  return (
    <details className={className}>
      <summary>{head}</summary>
      <ul>
        {item.records.map((record) => (
          <li key={record.id}>
            <RecordLink record={record} />
          </li>
        ))}
        {more > 0 && <li className="muted">{t('records_more', { n: formatCount(more) })}</li>}
      </ul>
    </details>
  );
}

export function RecordLink({ record }: { record: CountedRecord }) {
  const page = pageOf(record.kind, record.id);
  return page ? <Anchor href={page}>{record.label}</Anchor> : record.label;
}
