import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/goals';
import { formatDate } from '@/ui/format';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Pill, TimeText } from '@/ui/text';
import { useNames } from './data';
import { fractionText, type Goal, notesOf, ofMeasured, StatusPill, valueText } from './words';

type Measured = Schema<'Measured'>;

/** What was computed from, as the server keeps it with the measurement. */
interface Snapshot {
  cases: number;
  count_duplicates: boolean;
  valid_only: boolean;
  cutoff: string;
}

/** Every measurement of a goal, newest first: nothing that was once signed goes away. */
export function Measurements({ goal }: { goal: Goal }) {
  const measured = useQuery({
    queryKey: ['goals', 'measurements', goal.id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/goals/{id}/measurements', { params: { path: { id: goal.id } }, signal })),
    meta: { kinds: ['goal_set', 'measurement'] },
  });
  const rows = measured.data ?? [];
  const name = useNames(rows.map((row) => row.taken_by));
  const replaced = new Set(rows.map((row) => row.supersedes));
  return (
    <div className="goal-measured">
      <Section title={t('measure.title')}>
        {measured.isPending && <Skeleton lines={2} />}
        {measured.isError && <ErrorView error={measured.error} retry={() => measured.refetch()} />}
        {measured.isSuccess && rows.length === 0 && (
          <p className="muted">
            {t('measure.none')} · {t('measure.none_hint')}
          </p>
        )}
        <ul className="goal-history">
          {[...rows].reverse().map((row) => (
            <Line
              key={row.id}
              goal={goal}
              row={row}
              by={name(row.taken_by)}
              replaced={replaced.has(row.id)}
            />
          ))}
        </ul>
      </Section>
    </div>
  );
}

function Line(props: { goal: Goal; row: Measured; by: string; replaced: boolean }) {
  const { goal, row, by, replaced } = props;
  const shown = ofMeasured(row);
  return (
    <li className={replaced ? 'replaced' : undefined}>
      <div className="goal-line">
        <b className="num">{valueText(goal.unit, shown.value_e2)}</b>
        <StatusPill status={shown.status} />
        <span className="muted num">{fractionText(goal, shown)}</span>
        <Pill tone={row.is_final ? 'accent' : 'plain'}>
          {t(row.is_final ? 'signed' : 'provisional')}
        </Pill>
        {row.is_final && (
          <Pill tone={replaced ? 'plain' : 'ok'}>
            {t(replaced ? 'measure.replaced' : 'measure.stands')}
          </Pill>
        )}
        {row.frozen && <Pill>{t('measure.frozen')}</Pill>}
      </div>
      <div className="muted">
        {t('measure.day')} {formatDate(row.as_of)} · {by} · <TimeText value={row.taken_at} />
      </div>
      {notesOf(goal, shown).map((note) => (
        <div key={note}>{note}</div>
      ))}
      {row.note && <div>{t('measure.note', { text: row.note })}</div>}
      {row.reason && <div>{t('measure.reason', { text: row.reason })}</div>}
      <Basis of={row.data_snapshot} />
    </li>
  );
}

/** From what it was computed; kept with the measurement, so that it can be followed later. */
function Basis({ of }: { of: unknown }) {
  const kept = of as Partial<Snapshot> | null;
  if (!kept || typeof kept.cases !== 'number') return null;
  return (
    <div className="muted">
      {t('measure.snapshot', {
        cases: kept.cases,
        duplicates: t(kept.count_duplicates ? 'measure.duplicates_on' : 'measure.duplicates_off'),
        valid: t(kept.valid_only ? 'measure.valid_only' : 'measure.all_counted'),
        cutoff: formatDate(kept.cutoff),
      })}
    </div>
  );
}
