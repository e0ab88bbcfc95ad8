import { useLocation, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t as base } from '@/locales/base';
import { t } from '@/locales/goals';
import { t as desk } from '@/locales/service_desk';
import { usePostTitle } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { useConfirm } from '@/ui/form';
import { formatDate, formatTime } from '@/ui/format';
import { ExportButton, ListPage } from '@/ui/list';
import type { ListSearch } from '@/ui/list/search';
import { Facts, Section, Trail } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { Pill, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';
import { FIGURE_KINDS, type Figures, useDecides, useFigures, useSheet } from './data';
import { ReachBar } from './GoalTile';
import { Measurements } from './Measurements';
import { isPart, type Part, partsOf } from './parts';
import { TrendChart } from './TrendChart';
import {
  fractionText,
  goalName,
  notesOf,
  ofMeasurement,
  partText,
  StatusPill,
  standing,
  targetText,
  valueText,
} from './words';
import './goals.css';

const EntryForm = lazy(() => import('./EntryForm'));
type Row = Schema<'GoalFigure'>;

/** A goal's figure and, below it, what it is made of: one tap from the board. */
export function GoalPage({ set, goal }: { set: string; goal: string }) {
  const { as_of: asOf } = useSearch({ strict: false }) as ListSearch;
  const figures = useFigures(set, asOf);
  if (figures.isPending) return <Skeleton lines={8} />;
  if (figures.isError) return <ErrorView error={figures.error} retry={() => figures.refetch()} />;
  const row = figures.data.goals.find((one) => one.goal.id === goal);
  if (!row) return <StateView icon="search" title={base('state.not_found')} />;
  const at = asOf ? formatDate(asOf) : formatTime(figures.dataUpdatedAt);
  return <Loaded figures={figures.data} row={row} at={at} {...(asOf && { asOf })} />;
}

interface LoadedProps {
  figures: Figures;
  row: Row;
  /** Until when the figure counts, in words. */
  at: string;
  asOf?: string;
}

function Loaded({ figures, row, at, asOf }: LoadedProps) {
  const can = useCan();
  const [ask, window] = useConfirm();
  const [entering, setEntering] = useState(false);
  const { set } = figures;
  const { goal } = row;
  const title = `${goal.no} ${goalName(goal)}`;
  const closed = set.state === 'measured' || set.state === 'frozen';
  const sheet = useSheet(set.id, closed && can('goal.approve'));
  const decides = useDecides(sheet.data?.data);
  useEffect(() => {
    document.title = `${title} · ${base('product')}`;
  }, [title]);

  const again = () =>
    ask({
      title: t('measure.again_ask', { name: goalName(goal) }),
      text: t('measure.again_text'),
      confirm: t('measure.again'),
      reasonLabel: t('measure.again_reason'),
      run: async (reason, headers) => {
        await api.POST('/api/v1/goals/{id}/remeasure', {
          params: { path: { id: goal.id } },
          body: { reason },
          headers,
        });
        toast(t('measure.again_done'));
        reloadKind('goal_set');
      },
    });
  const actions = (
    <>
      {goal.formula === 'manual' && can('goal.edit') && (
        <Button onClick={() => setEntering(true)}>{t('entry.new')}</Button>
      )}
      {closed && decides && <Button onClick={again}>{t('measure.again')}</Button>}
    </>
  );
  const head = <Head figures={figures} row={row} at={at} />;
  const parts = partsOf(goal.formula);
  return (
    <>
      {parts.length > 0 && can('case.read') ? (
        <Rows row={row} parts={parts} title={title} asOf={asOf} head={head} actions={actions} />
      ) : (
        <section className="goal-page">
          <header className="goal-head">
            <h1>{title}</h1>
            <span className="goal-spring" />
            {actions}
          </header>
          {head}
          <p className="muted">
            {parts.length > 0
              ? t('goal.rows_forbidden')
              : `${t('goal.no_rows')}${row.figure.cause === 'no_records' ? t('goal.not_kept') : ''}`}
          </p>
        </section>
      )}
      {goal.formula === 'manual' && can('trail.read') && (
        <Section title={t('entry.history')}>
          <Trail kind="goal" id={goal.id} words={entryWords} />
        </Section>
      )}
      <Measurements goal={goal} />
      {window}
      <Suspense>{entering && <EntryForm goal={goal} close={() => setEntering(false)} />}</Suspense>
    </>
  );
}

const entryWords = {
  action: (code: string) => (code === 'figure_entered' ? t('entry.done') : code),
  field: (name: string) => (name === 'figure' ? t('goal.value') : ''),
  value: (_: string, value: unknown) =>
    Array.isArray(value) ? value.filter((part) => part !== null).join(' / ') : String(value),
};

/** Value, target, status and cause beside the months. */
function Head({ figures, row, at }: { figures: Figures; row: Row; at: string }) {
  const title = usePostTitle();
  const { goal } = row;
  const shown = standing(row);
  const now = ofMeasurement(row.figure);
  const differs =
    row.signed !== null &&
    row.signed !== undefined &&
    (now.numerator !== shown.numerator || now.denominator !== shown.denominator);
  return (
    <div className="goal-detail">
      <div className={`goal-panel goal-${shown.status}`}>
        <p className="goal-eyebrow">
          <Anchor href={`/goals/sets/${figures.set.id}`}>
            {t('goal.eyebrow', { year: figures.set.year, no: goal.no })}
          </Anchor>{' '}
          <Pill tone={shown.final ? 'accent' : 'plain'}>
            {t(shown.final ? 'signed' : 'provisional')}
          </Pill>
        </p>
        <p className="goal-line">
          <b className="goal-value num">{valueText(goal.unit, shown.value_e2)}</b>
          <StatusPill status={shown.status} />
        </p>
        <ReachBar row={row} />
        {notesOf(goal, shown).map((note) => (
          <p key={note} className="goal-note">
            {note}
          </p>
        ))}
        {differs && (
          <p className="notice notice-warn">
            {t('goal.differs', { value: valueText(goal.unit, now.value_e2) })}
          </p>
        )}
        <Facts
          facts={[
            { label: t('goal.target'), value: <span className="num">{targetText(goal)}</span> },
            {
              label: t('goal.figure'),
              value: <span className="num">{fractionText(goal, shown) || '—'}</span>,
            },
            { label: t('goal.formula'), value: t.code('formula_text', goal.formula) },
            { label: t('goal.owner'), value: title(goal.owner_post) || '—' },
            { label: t('goal.as_of'), value: <span className="num">{at}</span> },
            ...also(row),
          ]}
        />
      </div>
      {row.figure.status !== 'not_measurable' && (
        <div className="goal-panel">
          <TrendChart goal={goal} />
          <ExportButton
            path={`/api/v1/goals/${goal.id}/trend`}
            name={goalName(goal)}
            of={t('trend.what')}
            size="small"
          />
        </div>
      )}
    </div>
  );
}

/** A further figure for information: the return of ballots, the fee collected to date. */
function also({ goal, figure }: Row): { label: string; value: string }[] {
  const { formula } = goal;
  if (!figure.also || (formula !== 'satisfaction' && formula !== 'fee_collection')) return [];
  const { numerator, denominator } = figure.also;
  const words = { a: partText(formula, numerator), b: partText(formula, denominator ?? 0) };
  return [{ label: t('also'), value: t(`also.${formula}`, words) }];
}

interface RowsProps {
  row: Row;
  parts: readonly Part[];
  title: string;
  asOf: string | undefined;
  head: ReactNode;
  actions: ReactNode;
}

/** The records behind the figure, part by part; each leads to its own page. */
function Rows({ row, parts, title, asOf, head, actions }: RowsProps) {
  const { pathname } = useLocation();
  const search = useSearch({ strict: false }) as ListSearch;
  const part = isPart(search.part, parts) ? search.part : 'numerator';
  const { goal } = row;
  const [seen, setSeen] = useState<number | null>(null);
  const shown = standing(row);
  const whole = {
    numerator: shown.numerator,
    denominator: shown.denominator,
    pending: shown.pending,
  };
  const expected = part === 'left_out' ? null : whole[part];
  const word = (one: Part) => t.code(`parts.${goal.formula}`, one);
  return (
    <ListPage<Schema<'FigureRow'>>
      name={`goals.rows.${goal.formula}`}
      title={title}
      kinds={FIGURE_KINDS}
      fixed={{ part, as_of: asOf }}
      fetch={async (query, signal) => {
        const page = await ok(
          api.GET('/api/v1/goals/{id}/rows', {
            params: { path: { id: goal.id }, query: { ...query, part } },
            signal,
          }),
        );
        if (page.total !== null && page.total !== undefined) setSeen(page.total);
        return page;
      }}
      rowKey={(one) => one.id}
      href={(one) => `/cases/${one.id}`}
      exportPath={`/api/v1/goals/${goal.id}/rows`}
      actions={actions}
      above={
        <>
          {head}
          <div className="goal-parts">
            <h2>{t('goal.rows')}</h2>
            {parts.map((one) => (
              <Anchor
                key={one}
                className={one === part ? 'chip on' : 'chip'}
                aria-current={one === part ? 'true' : undefined}
                href={`${pathname}?${new URLSearchParams({ part: one, ...(asOf && { as_of: asOf }) })}`}
              >
                {word(one)}
              </Anchor>
            ))}
          </div>
          {seen !== null && expected !== null && seen < expected && (
            <p className="notice">{t('goal.rows_fewer', { n: expected, seen })}</p>
          )}
        </>
      }
      columns={[
        { key: 'no', title: t('rows.no'), render: (one) => one.no, width: 150 },
        {
          key: 'kind',
          title: t('rows.kind'),
          render: (one) => desk.code('case_kind', one.kind),
          width: 90,
        },
        {
          key: 'text',
          title: t('rows.text'),
          render: (one) => one.text,
          wrap: true,
          card: 'title',
        },
        {
          key: 'field',
          title: t('rows.field'),
          render: (one) => desk.code('case_field', one.field),
          width: 100,
        },
        {
          key: 'state',
          title: t('rows.state'),
          render: (one) => desk.code('case_state', one.state),
          card: 'side',
          width: 100,
        },
        {
          key: 'validity',
          title: t('rows.validity'),
          render: (one) => (one.validity ? desk.code('validity', one.validity) : '—'),
          width: 90,
        },
        {
          key: 'received',
          title: t('rows.received'),
          render: (one) => <TimeText value={one.received_at} />,
          width: 170,
        },
        {
          key: 'due',
          title: t('rows.due'),
          render: (one) => <TimeText value={one.due_at} />,
          hidden: true,
          width: 170,
        },
        {
          key: 'closed',
          title: t('rows.closed'),
          render: (one) => <TimeText value={one.closed_at} />,
          width: 170,
        },
        {
          key: 'linked',
          title: t('rows.linked'),
          render: (one) => (one.is_duplicate ? <Pill>{t('rows.linked')}</Pill> : '—'),
          hidden: true,
          card: 'none',
          width: 90,
        },
      ]}
      empty={{ title: t('goal.rows_none') }}
    />
  );
}
