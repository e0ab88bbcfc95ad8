import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/briefings';
import { usePostTitle } from '@/org/posts';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { formatCount } from '@/ui/format';
import { type ListColumn, Table } from '@/ui/list';
import { usePeriod } from '@/ui/Period';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { MorningTabs } from './MorningTabs';

type Statistics = Schema<'BriefingStatistics'>;
type Counts = Schema<'BriefingFigures'>;
type Row = { key: string; name: string; figures: Counts };

/** Briefings held against those due: of all, by pair, person and month. */
export function BriefingStatisticsPage() {
  const [period, bar] = usePeriod();
  const found = useQuery({
    queryKey: ['plans', 'briefing-statistics', period],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/briefings/statistics', { params: { query: period }, signal })),
    placeholderData: (before) => before,
    meta: { kinds: ['briefing'] },
  });
  const empty = found.data && found.data.all.due + found.data.all.optional === 0;
  return (
    <section>
      <h1>{t('nav.statistics')}</h1>
      <MorningTabs />
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
        <Figure
          label={t('figure.held_rate')}
          hint={t('figure.rate_of', { n: formatCount(all.held), total: formatCount(all.due) })}
        >
          {percentOf(all.held_rate_bp)}
        </Figure>
        <Figure label={t('figure.missing')}>{formatCount(all.missing)}</Figure>
        <Figure label={t('figure.late')}>{formatCount(all.late)}</Figure>
        <Figure label={t('figure.on_time')}>{formatCount(all.on_time)}</Figure>
        <Figure label={t('figure.optional')}>{formatCount(all.optional)}</Figure>
      </Figures>
      <Part
        title={t('figure.by_pair')}
        named={t('pair')}
        rows={of.pairs.map(({ from, to, figures }) => ({
          key: `${from} ${to}`,
          name: t('pair_of', { from: title(from), to: title(to) }),
          figures,
        }))}
      />
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
        title={t('figure.by_month')}
        named={t('month')}
        rows={of.months.map((one) => ({ key: one.month, name: one.month, figures: one.figures }))}
      />
    </>
  );
}

function Part({ title, named, rows }: { title: string; named: string; rows: readonly Row[] }) {
  const count = (
    key: 'due' | 'held' | 'on_time' | 'late' | 'missing' | 'optional',
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
            title: t('figure.held_rate'),
            render: ({ figures }) => percentOf(figures.held_rate_bp),
            align: 'right',
            card: 'side',
          },
          count('due'),
          count('held'),
          count('on_time'),
          count('late'),
          count('missing'),
          count('optional'),
        ]}
      />
    </Section>
  );
}
