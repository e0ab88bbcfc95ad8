import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { t as base } from '@/locales/base';
import { t } from '@/locales/goals';
import { Anchor } from '@/ui/Anchor';
import { FullscreenButton, useFullscreen } from '@/ui/Fullscreen';
import { formatDate, formatTime, today } from '@/ui/format';
import { ExportButton } from '@/ui/list/ExportButton';
import type { ListSearch } from '@/ui/list/search';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { Pill } from '@/ui/text';
import { type Figures, type GoalSet, thisYear, useFigures, useGoalSets } from './data';
import { GoalTile } from './GoalTile';
import { StandardLine } from './StandardLine';
import { TrendChart } from './TrendChart';
import { standing } from './words';
import './goals.css';

/** The goals of a year in every estate one reads: for the projector on Monday and any morning. */
export function BoardPage() {
  const { estates } = useMe();
  const search = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const board = useRef<HTMLElement>(null);
  const full = useFullscreen();
  const year = Number(search.year ?? thisYear());
  const sets = useGoalSets(year);
  useEffect(() => {
    document.title = `${t('board.of_year', { year })} · ${base('product')}`;
  }, [year]);

  const change = (some: ListSearch) =>
    void navigate({
      to: '.',
      search: ((now: ListSearch) => ({ ...now, ...some })) as never,
      replace: true,
    });
  const shown = (sets.data?.items ?? [])
    .filter((set) => !search.estate || set.estate_id === search.estate)
    .map((set) => ({ set, name: estates.find((one) => one.id === set.estate_id)?.name ?? '' }))
    .sort((a, b) => a.name.localeCompare(b.name));

  return (
    <section ref={board} className={full ? 'goal-board full' : 'goal-board'}>
      <header className="goal-head">
        <h1>{t('board.of_year', { year })}</h1>
        {!full && (
          <Conditions year={year} search={search} change={change} several={estates.length > 1} />
        )}
        <span className="goal-spring" />
        <FullscreenButton of={board} full={full} />
      </header>
      {sets.isPending && <Skeleton lines={8} />}
      {sets.isError && <ErrorView error={sets.error} retry={() => sets.refetch()} />}
      {sets.isSuccess && shown.length === 0 && <NoGoals year={year} />}
      {shown.map(({ set, name }) => (
        <EstateBoard
          key={set.id}
          set={set}
          name={name}
          {...(search.as_of && { asOf: search.as_of })}
        />
      ))}
    </section>
  );
}

/** Nothing for that year: whose turn it is, and the way there for whoever drafts. */
export function NoGoals({ year }: { year: number }) {
  const can = useCan();
  return (
    <StateView
      icon="empty"
      title={t('board.none', { year })}
      hint={t('board.none_hint')}
      actions={
        can('goal.edit') && (
          <Anchor className="btn btn-primary" href="/goals/sets">
            {t('sets.new')}
          </Anchor>
        )
      }
    />
  );
}

interface ConditionsProps {
  year: number;
  search: ListSearch;
  change: (some: ListSearch) => void;
  several: boolean;
}

function Conditions({ year, search, change, several }: ConditionsProps) {
  const { estates } = useMe();
  const now = today();
  const years = Array.from({ length: 6 }, (_, i) => thisYear() + 1 - i);
  if (!years.includes(year)) years.push(year);
  return (
    <>
      <select
        className="goal-input"
        aria-label={t('year')}
        value={year}
        onChange={(event) => change({ year: event.target.value, as_of: undefined })}
      >
        {years.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      {several && (
        <select
          className="goal-input"
          aria-label={t('estate')}
          value={search.estate ?? ''}
          onChange={(event) => change({ estate: event.target.value || undefined })}
        >
          <option value="">{t('all_estates')}</option>
          {estates.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
      <input
        type="date"
        className="goal-input"
        aria-label={t('as_of')}
        title={t('board.day_hint')}
        max={now}
        value={search.as_of ?? now}
        onChange={(event) => {
          const day = event.target.value;
          change({ as_of: day && day < now ? day : undefined });
        }}
      />
      {search.as_of && <Button onClick={() => change({ as_of: undefined })}>{t('today')}</Button>}
    </>
  );
}

function EstateBoard({ set, name, asOf }: { set: GoalSet; name: string; asOf?: string }) {
  const figures = useFigures(set.id, asOf);
  return (
    <section className="goal-estate" aria-label={name}>
      <header className="goal-head">
        <h2>{name}</h2>
        <Pill tone={set.state === 'draft' ? 'warn' : 'accent'}>
          {t.code('set_state', set.state)}
        </Pill>
        <span className="muted num">
          {asOf
            ? t('board.as_of', { time: formatDate(asOf) })
            : figures.data && t('board.as_of', { time: formatTime(figures.dataUpdatedAt) })}
        </span>
        {figures.data && <Summary figures={figures.data} />}
        <span className="goal-spring" />
        <ExportButton
          path={`/api/v1/goal-sets/${set.id}/figures`}
          name={`${name} ${set.year}`}
          query={{ as_of: asOf }}
          size="small"
        />
        <StandardLine estate={set.estate_id} />
        <Anchor href={`/goals/sets/${set.id}`}>{t('board.to_sheet')}</Anchor>
      </header>
      {set.state === 'draft' && <p className="notice notice-warn">{t('board.draft')}</p>}
      {figures.isPending && <Skeleton lines={6} />}
      {figures.isError && <ErrorView error={figures.error} retry={() => figures.refetch()} />}
      {figures.data && (
        <>
          <div className="goal-tiles">
            {figures.data.goals.map((row) => (
              <GoalTile
                key={row.goal.id}
                row={row}
                href={`/goals/sets/${set.id}/${row.goal.id}${asOf ? `?as_of=${asOf}` : ''}`}
              />
            ))}
          </div>
          <Trends figures={figures.data} />
        </>
      )}
    </section>
  );
}

function Summary({ figures }: { figures: Figures }) {
  const met = figures.goals.filter((row) => standing(row).status === 'met').length;
  return <b>{t('board.reached', { met, n: figures.goals.length })}</b>;
}

/** Goals by month, for those that can be measured. */
function Trends({ figures }: { figures: Figures }) {
  const measured = figures.goals.filter((row) => row.figure.status !== 'not_measurable');
  return (
    <section>
      <h3>{t('board.trend')}</h3>
      {measured.length === 0 && <p className="muted">{t('board.no_trend')}</p>}
      <div className="goal-trends">
        {measured.map((row) => (
          <div key={row.goal.id} className="goal-trend">
            <TrendChart goal={row.goal} />
          </div>
        ))}
      </div>
    </section>
  );
}
