import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/briefings';
import { usePostTitle } from '@/org/posts';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { countsOf, type FigureColumn, FigureTable, monthRows } from '@/ui/FigureTable';
import { formatCount } from '@/ui/format';
import { PeriodPage } from '@/ui/PeriodPage';
import { MorningTabs } from './MorningTabs';

type Statistics = Schema<'BriefingStatistics'>;
type Counts = Schema<'BriefingFigures'>;

/** Briefings held against those due: of all, by pair, person and month. */
export function BriefingStatisticsPage() {
  return (
    <PeriodPage<Statistics>
      title={t('nav.statistics')}
      tabs={<MorningTabs />}
      name={['plans', 'briefing-statistics']}
      kinds={['briefing']}
      fetch={(query, signal) =>
        ok(api.GET('/api/v1/briefings/statistics', { params: { query }, signal }))
      }
      isEmpty={({ all }) => all.due + all.optional === 0}
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
    { key: 'rate', title: t('figure.held_rate'), render: (one) => percentOf(one.held_rate_bp) },
    ...countsOf(['due', 'held', 'on_time', 'late', 'missing', 'optional'], (key) =>
      t(`figure.${key}`),
    ),
  ];
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
      <FigureTable
        title={t('figure.by_pair')}
        named={t('pair')}
        columns={columns}
        rows={of.pairs.map(({ from, to, figures }) => ({
          key: `${from} ${to}`,
          name: t('pair_of', { from: title(from), to: title(to) }),
          figures,
        }))}
      />
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
        title={t('figure.by_month')}
        named={t('month')}
        columns={columns}
        rows={monthRows(of.months)}
      />
    </>
  );
}
