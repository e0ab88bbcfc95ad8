import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/tasks';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { countsOf, type FigureColumn, FigureTable, monthRows } from '@/ui/FigureTable';
import { formatCount } from '@/ui/format';
import { PeriodPage } from '@/ui/PeriodPage';
import { usePostTitle } from '../lookups';
import { TaskTabs } from './TaskTabs';

type Statistics = Schema<'TaskStatistics'>;
type Counts = Schema<'TaskFigures'>;

/** How punctually tasks are done: of all, by person, post and month. */
export function TaskStatisticsPage() {
  return (
    <PeriodPage<Statistics>
      title={t('statistics')}
      tabs={<TaskTabs />}
      name={['org', 'task-statistics']}
      kinds={['task']}
      fetch={(query, signal) =>
        ok(api.GET('/api/v1/tasks/statistics', { params: { query }, signal }))
      }
      isEmpty={({ all }) => all.tasks + all.cancelled === 0}
      none={{ title: t('figure.none'), hint: t('figure.none_hint') }}
    >
      {(of) => <Loaded of={of} />}
    </PeriodPage>
  );
}

function Loaded({ of }: { of: Statistics }) {
  const title = usePostTitle();
  const { all } = of;
  const columns: FigureColumn<Counts>[] = [
    { key: 'rate', title: t('figure.rate'), render: (one) => percentOf(one.on_time_rate_bp) },
    ...countsOf(['tasks', 'on_time', 'late', 'overdue', 'open', 'cancelled'], (key) =>
      t(`figure.${key}`),
    ),
  ];
  return (
    <>
      <Figures>
        <Figure label={t('figure.rate')} hint={rateOf(all)}>
          {percentOf(all.on_time_rate_bp)}
        </Figure>
        <Figure label={t('figure.tasks')}>{formatCount(all.tasks)}</Figure>
        <Figure label={t('figure.overdue')}>{formatCount(all.overdue)}</Figure>
        <Figure label={t('figure.late')}>{formatCount(all.late)}</Figure>
        <Figure label={t('figure.open')}>{formatCount(all.open)}</Figure>
        <Figure label={t('figure.cancelled')}>{formatCount(all.cancelled)}</Figure>
      </Figures>
      <FigureTable
        title={t('figure.by_person')}
        named={t('person')}
        columns={columns}
        rows={of.people.map(({ employee_id, name, figures }) => ({
          key: employee_id,
          name,
          figures,
        }))}
      />
      <FigureTable
        title={t('figure.by_post')}
        named={t('post')}
        columns={columns}
        rows={of.posts.map(({ post, figures }) => ({ key: post, name: title(post), figures }))}
      />
      <FigureTable
        title={t('figure.by_month')}
        named={t('month')}
        columns={columns}
        rows={monthRows(of.months)}
      />
    </>
  );
}

const rateOf = (of: Counts) =>
  t('figure.rate_of', {
    n: formatCount(of.on_time),
    total: formatCount(of.on_time + of.late + of.overdue),
  });
