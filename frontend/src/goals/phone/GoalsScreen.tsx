import { useMe } from '@/access/session';
import { t } from '@/locales/figure';
import { formatTime } from '@/ui/format';
import { Card, Empty, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { Pill } from '@/ui/text';
import { type GoalSet, thisYear, useFigures, useGoalSets } from '../data';
import { GoalTile } from '../GoalTile';
import { standing } from '../words';

/** This year's goals on the phone in the morning, every estate below the other. */
export function GoalsScreen() {
  const { estates } = useMe();
  const year = thisYear();
  const sets = useGoalSets(year);
  return (
    <Screen title={t('board.of_year', { year })} back="/m">
      {sets.isPending && <Skeleton lines={5} />}
      {sets.isError && <ErrorView error={sets.error} retry={() => sets.refetch()} />}
      {sets.data?.items.length === 0 && (
        <Empty title={t('board.none', { year })} hint={t('board.none_hint')} />
      )}
      {sets.data?.items.map((set) => (
        <Estate
          key={set.id}
          set={set}
          name={estates.find((one) => one.id === set.estate_id)?.name ?? ''}
        />
      ))}
    </Screen>
  );
}

function Estate({ set, name }: { set: GoalSet; name: string }) {
  const figures = useFigures(set.id);
  if (figures.isPending) return <Skeleton lines={5} />;
  if (figures.isError) return <ErrorView error={figures.error} retry={() => figures.refetch()} />;
  const { goals } = figures.data;
  const met = goals.filter((row) => standing(row).status === 'met').length;
  return (
    <section>
      <Card
        title={`${name} · ${t('board.reached', { met, n: goals.length })}`}
        meta={
          <>
            <Pill tone={set.state === 'draft' ? 'warn' : 'accent'}>
              {t.code('set_state', set.state)}
            </Pill>
            <span className="num">
              {t('board.as_of', { time: formatTime(figures.dataUpdatedAt) })}
            </span>
          </>
        }
        to={`/goals/sets/${set.id}`}
      />
      {set.state === 'draft' && <p className="notice notice-warn">{t('board.draft')}</p>}
      <div className="goal-tiles">
        {goals.map((row) => (
          <GoalTile key={row.goal.id} row={row} href={`/goals/sets/${set.id}/${row.goal.id}`} />
        ))}
      </div>
    </section>
  );
}
