import { t as phone } from '@/locales/phone';
import { t } from '@/locales/work';
import { Card, Empty, Skeleton } from '@/ui/phone';
import { sections } from '../kinds';
import { useMine, WorkCard } from './mine';

/** On the phone's first page: what is late or asks for a decision before the rest. */
export default function WorkCards() {
  const { work, items, all } = useMine();
  if (work.isPending) return <Skeleton lines={3} />;
  if (work.isError && !work.data) return null; // the banner says that there is no network
  if (all === 0) return <Empty title={phone('home.empty')} hint={phone('home.empty_hint')} />;
  if (items.length === 0) return null;
  const first = sections(items)
    .flatMap((section) => section.items)
    .slice(0, 5);
  return (
    <section>
      <h2>{t('title')}</h2>
      {first.map((item) => (
        <WorkCard key={`${item.kind} ${item.id}`} item={item} />
      ))}
      {items.length > first.length && <Card title={t('all_n', { n: items.length })} to="/m/work" />}
    </section>
  );
}
