import { useMe } from '@/access/session';
import { t } from '@/locales/duty';
import { Empty, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { DutyCard } from './DutyCard';
import { useKeptDuties } from './duties';

const PARTS = ['late', 'today', 'coming'] as const;

/** My day: late, today, in the coming days, each estate below the other. */
export function DutiesScreen() {
  const { estates } = useMe();
  return (
    <Screen title={t('mine.title')} back="/m">
      {estates.length === 0 && <Empty title={t('mine.estate')} />}
      {estates.map((one) => (
        <Estate key={one.id} id={one.id} {...(estates.length > 1 && { name: one.name })} />
      ))}
    </Screen>
  );
}

function Estate({ id, name }: { id: string; name?: string }) {
  const mine = useKeptDuties(id);
  const data = mine.data;
  const parts = data ? PARTS.filter((part) => part === 'today' || data[part].length > 0) : [];
  const none = data && PARTS.every((part) => data[part].length === 0);
  return (
    <section {...(name && { 'aria-label': name })}>
      {name && <h2>{name}</h2>}
      {mine.isPending && <Skeleton lines={4} />}
      {mine.isError && !data && <ErrorView error={mine.error} retry={() => mine.refetch()} />}
      {none && <Empty title={t('mine.none')} hint={t('mine.none_hint')} />}
      {!none &&
        parts.map((part) => (
          <section key={part}>
            <h2>{t(`mine.${part}`)}</h2>
            {data?.[part].length === 0 && <p className="muted">{t('mine.nothing_today')}</p>}
            {data?.[part].map((duty) => (
              <DutyCard key={duty.id} duty={duty} />
            ))}
          </section>
        ))}
    </section>
  );
}
