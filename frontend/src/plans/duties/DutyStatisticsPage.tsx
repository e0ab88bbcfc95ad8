import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/plans';
import { usePostTitle } from '@/org/lookups';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { countsOf, type FigureColumn, FigureTable, monthRows } from '@/ui/FigureTable';
import { formatCount } from '@/ui/format';
import { ExportButton } from '@/ui/list/ExportButton';
import { PeriodPage } from '@/ui/PeriodPage';
import { DutyTabs } from './DutyTabs';
import { useRules } from './data';
import { said } from './words';

type Statistics = Schema<'DutyStatistics'>;
type Counts = Schema<'DutyFigures'>;

/** How completely and punctually duties are done: of all, by person, post, rule and month. */
export function DutyStatisticsPage() {
  return (
    <PeriodPage<Statistics>
      title={t('nav.statistics')}
      tabs={<DutyTabs />}
      name={['plans', 'duty-statistics']}
      kinds={['obligation']}
      fetch={(query, signal) =>
        ok(api.GET('/api/v1/obligations/statistics', { params: { query }, signal }))
      }
      isEmpty={({ all }) => all.due + all.waived === 0}
      none={{ title: t('figure.none'), hint: t('figure.none_hint') }}
      acts={(period) => (
        <ExportButton
          path="/obligations/statistics"
          name={t('nav.statistics')}
          query={{ ...period }}
        />
      )}
    >
      {(of) => <Loaded of={of} />}
    </PeriodPage>
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
  const columns: FigureColumn<Counts>[] = [
    {
      key: 'completion',
      title: t('figure.completion'),
      render: (one) => percentOf(one.completion_rate_bp),
    },
    {
      key: 'punctuality',
      title: t('figure.punctuality'),
      render: (one) => percentOf(one.on_time_rate_bp),
    },
    ...countsOf(['due', 'on_time', 'late', 'missed', 'waived'], (key) => t(`figure.${key}`)),
  ];
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
      <FigureTable
        title={t('figure.by_person')}
        named={t('person')}
        columns={columns}
        rows={of.people.map(({ post, employee_id, name, figures }) => ({
          key: `${post} ${employee_id}`,
          name: name ? `${name} ${title(post)}` : t('any_of', { post: title(post) }),
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
        title={t('figure.by_rule')}
        named={t('name')}
        columns={columns}
        rows={of.rules.map(({ rule, figures }) => ({ key: rule, name: nameOf(rule), figures }))}
      />
      <FigureTable
        title={t('figure.by_month')}
        named={t('figure.month')}
        columns={columns}
        rows={monthRows(of.months)}
      />
    </>
  );
}
