import { useMe } from '@/access/session';
import { t } from '@/locales/figure';
import { Anchor } from '@/ui/Anchor';
import { formatTime } from '@/ui/format';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { type GoalSet, thisYear, useFigures, useGoalSets } from './data';
import { goalName, notesOf, StatusPill, standing, targetText, valueText } from './words';
import './figures.css';

/** This year's goals in one line per estate: a figure is one tap from its rows. */
export function GoalStrip({ board = '/goals' }: { board?: string }) {
  const { estates } = useMe();
  const year = thisYear();
  const sets = useGoalSets(year);
  if (sets.isPending) return <Skeleton lines={3} />;
  if (sets.isError) return <ErrorView error={sets.error} retry={() => sets.refetch()} />;
  return (
    <section className="goal-strip" aria-label={t('board.title')}>
      {sets.data.items.length === 0 && (
        <p className="muted">
          <Anchor href={board}>{t('board.none', { year })}</Anchor>
        </p>
      )}
      {sets.data.items.map((set) => (
        <Strip
          key={set.id}
          set={set}
          board={board}
          name={estates.find((one) => one.id === set.estate_id)?.name ?? ''}
        />
      ))}
    </section>
  );
}

function Strip({ set, name, board }: { set: GoalSet; name: string; board: string }) {
  const figures = useFigures(set.id);
  if (figures.isPending) return <Skeleton lines={3} />;
  if (figures.isError) return <ErrorView error={figures.error} retry={() => figures.refetch()} />;
  return (
    <>
      <header className="goal-strip-head">
        <h2>
          <Anchor href={board}>
            {name} {t('board.of_year', { year: set.year })}
          </Anchor>
        </h2>
        <span className="muted num">
          {t('board.as_of', { time: formatTime(figures.dataUpdatedAt) })}
        </span>
      </header>
      <div className="goal-strip-line">
        {figures.data.goals.map((row) => {
          const shown = standing(row);
          const { goal } = row;
          return (
            <Anchor
              key={goal.id}
              className={`goal-tile goal-${shown.status}`}
              href={`/goals/sets/${set.id}/${goal.id}`}
            >
              <span className="goal-name">{goalName(goal)}</span>
              <span className="goal-line">
                <b className="goal-value num">{valueText(goal.unit, shown.value_e2)}</b>
                <StatusPill status={shown.status} />
              </span>
              <span className="muted num">{t('target', { target: targetText(goal) })}</span>
              {notesOf(goal, shown)
                .slice(0, 1)
                .map((note) => (
                  <span key={note} className="goal-note">
                    {note}
                  </span>
                ))}
            </Anchor>
          );
        })}
      </div>
    </>
  );
}
