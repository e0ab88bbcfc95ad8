import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/plans';
import { usePostTitle } from '@/org/lookups';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { formatCount } from '@/ui/format';
import { type ListColumn, Table } from '@/ui/list';
import { ExportButton } from '@/ui/list/ExportButton';
import { usePeriod } from '@/ui/Period';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { DutyTabs } from './DutyTabs';
import { useRules } from './data';
import { said } from './words';
import './duties.css';

type Statistics = Schema<'DutyStatistics'>;
type Row = { key: string; name: string; figures: Schema<'DutyFigures'> };

/** How completely and punctually duties are done: of all, by person, post, rule and month. */
export function DutyStatisticsPage() {
  const [period, bar] = usePeriod();
  const found = useQuery({
    queryKey: ['plans', 'duty-statistics', period],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/obligations/statistics', { params: { query: period }, signal })),
    placeholderData: (before) => before,
    meta: { kinds: ['obligation'] },
  });
  const empty = found.data && found.data.all.due + found.data.all.waived === 0;
  return (
    <section>
      <h1>{t('nav.statistics')}</h1>
      <DutyTabs />
      <div className="duty-acts">
        {bar}
        <ExportButton
          path="/obligations/statistics"
          name={t('nav.statistics')}
          query={{ ...period }}
        />
      </div>
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorView error={found.error} retry={() => found.refetch()} />}
      {empty && <StateView icon="empty" title={t('figure.none')} hint={t('figure.none_hint')} />}
      {found.data && !empty && <Loaded of={found.data} />}
    </section>
  );
}

function Loaded({ of }: { of: Statistics }) {
  const title = usePostTitle();
  const rules = useRules();
  const { all } = of;
  const nameOf = (code: string) => {
    const rule = rules.find((one) => one.code === code);
    return rule ? `${code} ${said(rule.name)}` : code;
  };
  return (
    <>
      <Figures>
        <Figure label={t('figure.completion')}>{percentOf(all.completion_rate_bp)}</Figure>
        <Figure label={t('figure.punctuality')}>{percentOf(all.on_time_rate_bp)}</Figure>
        <Figure label={t('figure.due')}>{formatCount(all.due)}</Figure>
        <Figure label={t('figure.late')}>{formatCount(all.late)}</Figure>
        <Figure label={t('figure.missed')}>{formatCount(all.missed)}</Figure>
        <Figure label={t('figure.waived')}>{formatCount(all.waived)}</Figure>
      </Figures>
      <Part
        title={t('figure.by_person')}
        named={t('person')}
        rows={of.people.map((one) => ({
          key: `${one.post} ${one.employee_id}`,
          name: one.name
            ? `${one.name} ${title(one.post)}`
            : t('any_of', { post: title(one.post) }),
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
        title={t('figure.by_rule')}
        named={t('name')}
        rows={of.rules.map((one) => ({
          key: one.rule,
          name: nameOf(one.rule),
          figures: one.figures,
        }))}
      />
      <Part
        title={t('figure.by_month')}
        named={t('figure.month')}
        rows={of.months.map((one) => ({ key: one.month, name: one.month, figures: one.figures }))}
      />
    </>
  );
}

function Part({ title, named, rows }: { title: string; named: string; rows: readonly Row[] }) {
  const count = (key: 'due' | 'on_time' | 'late' | 'missed' | 'waived'): ListColumn<Row> => ({
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
            key: 'completion',
            title: t('figure.completion'),
            render: ({ figures }) => percentOf(figures.completion_rate_bp),
            align: 'right',
            card: 'side',
          },
          {
            key: 'punctuality',
            title: t('figure.punctuality'),
            render: ({ figures }) => percentOf(figures.on_time_rate_bp),
            align: 'right',
          },
          count('due'),
          count('on_time'),
          count('late'),
          count('missed'),
          count('waived'),
        ]}
      />
    </Section>
  );
}
