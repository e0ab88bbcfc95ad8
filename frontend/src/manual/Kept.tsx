import type { Schema } from '@/api/client';
import { t } from '@/locales/manual';
import { usePostTitle } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { Figure, Figures, percentOf } from '@/ui/Figures';
import { either, formatCount, listed } from '@/ui/format';
import { Table } from '@/ui/list';
import { Section } from '@/ui/record';
import { Pill } from '@/ui/text';

type Duties = Schema<'ClauseDuties'>;
type Month = Duties['months'][number];

/** What the clause makes fall due, and how well that was kept in the year. */
export function Kept({ duties, id }: { duties: Duties; id: string }) {
  const title = usePostTitle();
  const { all } = duties;
  return (
    <Section title={t('clause.duties')}>
      {duties.rules.length === 0 ? (
        <p className="muted">{t('clause.duties_none')}</p>
      ) : (
        <ul className="manual-duties">
          {duties.rules.map((rule) => (
            <li key={rule.code}>
              <b>{either(rule.name.zh, rule.name.en)}</b> <span className="muted">{rule.code}</span>{' '}
              {!rule.has_records && <Pill tone="plain">{t('clause.duties_wait')}</Pill>}
              <div className="muted">
                {listed([
                  listed(rule.whose.map(title)),
                  either(rule.timing.zh, rule.timing.en),
                  either(rule.evidence.zh, rule.evidence.en),
                ])}
              </div>
            </li>
          ))}
        </ul>
      )}
      {all.due + all.waived > 0 && (
        <>
          <h3>{t('clause.kept', { year: duties.year })}</h3>
          <Figures>
            <Figure label={t('clause.kept_rate')}>{percentOf(all.on_time_rate_bp)}</Figure>
            <Figure label={t('clause.kept_on_time')}>{formatCount(all.on_time)}</Figure>
            <Figure label={t('clause.kept_late')}>{formatCount(all.late)}</Figure>
            <Figure label={t('clause.kept_missed')}>{formatCount(all.missed)}</Figure>
            <Figure label={t('clause.kept_waived')}>{formatCount(all.waived)}</Figure>
          </Figures>
          <Table<Month>
            items={duties.months}
            rowKey={(row) => row.month}
            columns={[
              {
                key: 'month',
                title: t('clause.month'),
                render: (row) => row.month,
                card: 'title',
              },
              ...(['on_time', 'late', 'missed', 'waived'] as const).map((key) => ({
                key,
                title: t(`clause.kept_${key}`),
                render: ({ figures }: Month) => formatCount(figures[key]),
                align: 'right' as const,
              })),
            ]}
          />
          <Anchor href={`/duties/list?clause=${id}`}>{t('clause.kept_list')}</Anchor>
        </>
      )}
    </Section>
  );
}
