import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/tasks';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { formatCount } from '@/ui/format';
import { type ListColumn, Table } from '@/ui/list';
import { usePeriod } from '@/ui/Period';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { usePostTitle } from '../lookups';
import { TaskTabs } from './TaskTabs';

type Statistics = Schema<'TaskStatistics'>;
type Row = { key: string; name: string; figures: Schema<'TaskFigures'> };

/** How punctually tasks are done: of all, by person, post and month. */
export function TaskStatisticsPage() {
  const [period, bar] = usePeriod();
  const found = useQuery({
    queryKey: ['org', 'task-statistics', period],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/tasks/statistics', { params: { query: period }, signal })),
    placeholderData: (before) => before,
    meta: { kinds: ['task'] },
  });
  const empty = found.data && found.data.all.tasks + found.data.all.cancelled === 0;
  return (
    <section>
      <h1>{t('statistics')}</h1>
      <TaskTabs />
      {bar}
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorView error={found.error} retry={() => found.refetch()} />}
      {empty && <StateView icon="empty" title={t('figure.none')} hint={t('figure.none_hint')} />}
      {found.data && !empty && <Loaded of={found.data} />}
    </section>
  );
}

function Loaded({ of }: { of: Statistics }) {
  const title = usePostTitle();
  const { all } = of;
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
      <Part
        title={t('figure.by_person')}
        named={t('person')}
        rows={of.people.map((one) => ({
          key: one.employee_id,
          name: one.name,
          figures: one.figures,
        }))}
      />
      <Part
        title={t('figure.by_post')}
        named={t('post')}
        rows={of.posts.map((one) => ({
          key: one.post,
          name: title(one.post),
          figures: one.figures,
        }))}
      />
      <Part
        title={t('figure.by_month')}
        named={t('month')}
        rows={of.months.map((one) => ({ key: one.month, name: one.month, figures: one.figures }))}
      />
    </>
  );
}

const dueOf = (of: Schema<'TaskFigures'>) => of.on_time + of.late + of.overdue;
const rateOf = (of: Schema<'TaskFigures'>) =>
  t('figure.rate_of', { n: formatCount(of.on_time), total: formatCount(dueOf(of)) });

function Part({ title, named, rows }: { title: string; named: string; rows: readonly Row[] }) {
  const count = (
    key: 'tasks' | 'on_time' | 'late' | 'overdue' | 'open' | 'cancelled',
  ): ListColumn<Row> => ({
    key,
    title: t(`figure.${key}`),
    render: ({ figures }) => formatCount(figures[key]),
    align: 'right',
  });
  return (
    <Section title={title}>
      <Table<Row>
        items={rows}
        rowKey={(row) => row.key}
        columns={[
          { key: 'name', title: named, render: (row) => row.name, card: 'title' },
          {
            key: 'rate',
            title: t('figure.rate'),
            render: ({ figures }) => percentOf(figures.on_time_rate_bp),
            align: 'right',
            card: 'side',
          },
          count('tasks'),
          count('on_time'),
          count('late'),
          count('overdue'),
          count('open'),
          count('cancelled'),
        ]}
      />
    </Section>
  );
}
