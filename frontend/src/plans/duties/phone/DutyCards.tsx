import { useMe } from '@/access/session';
import { t } from '@/locales/duty';
import { Card } from '@/ui/phone';
import { DutyCard } from './DutyCard';
import { useKeptDuties } from './duties';

/** Shown at first; the rest is one tap away. */
const FIRST = 3;

/** On the phone's first page: what is late and what is still to be done today. */
export default function DutyCards() {
  const { estates } = useMe();
  return estates.map((one) => <Estate key={one.id} id={one.id} />);
}

function Estate({ id }: { id: string }) {
  const { data } = useKeptDuties(id);
  const due = data ? [...data.late, ...data.today.filter((duty) => duty.status === 'open')] : [];
  if (due.length === 0) return null;
  return (
    <section>
      <h2>{t('mine.title')}</h2>
      {due.slice(0, FIRST).map((duty) => (
        <DutyCard key={duty.id} duty={duty} />
      ))}
      {due.length > FIRST && <Card title={t('mine.all_n', { n: due.length })} to="/m/duties" />}
    </section>
  );
}
