import { useQueries } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/goals';
import { lang } from '@/locales/lang';
import { usePostTitle } from '@/org/lookups';
import { dateOf, formatDate, formatTime } from '@/ui/format';
import { PrintFrame, SignatureRow } from '@/ui/print/PrintFrame';
import { ErrorView, Skeleton } from '@/ui/StateView';
import type { Sheet } from './data';
import { useFigures } from './data';
import { useStandard } from './StandardLine';
import {
  amountText,
  fractionText,
  goalName,
  notesOf,
  standing,
  targetText,
  valueText,
} from './words';

interface Props {
  sheet: Sheet;
  estate: string;
  paper: 'sheet' | 'assessment';
  onBack: () => void;
}

/** The goals of a year on paper: what was set, or what was reached. */
export default function Papers(props: Props) {
  return props.paper === 'sheet' ? <GoalSheet {...props} /> : <Assessment {...props} />;
}

/** The goal sheet: purpose, scope, standard, goals; signed by who drafted, approved and was told. */
function GoalSheet({ sheet, estate, onBack }: Props) {
  const post = usePostTitle();
  const standard = useStandard(sheet.estate_id);
  const title = t('paper.sheet_title', { estate, year: sheet.year });
  return (
    <PrintFrame title={title} onBack={onBack}>
      <h1>{title}</h1>
      <p>
        {t('set.purpose')}: {lang() === 'en' ? sheet.purpose.en : sheet.purpose.zh}
        <br />
        {t('set.scope')}: {t('set.scope_text', { estate })}
        <br />
        {t('set.state')}: {t.code('set_state', sheet.state)}
        {sheet.approved_at && ` · ${t('set.approved_at')} ${formatTime(sheet.approved_at)}`}
        {standard.data && (
          <>
            <br />
            {t('paper.standard')}: {standard.data.data.standard}{' '}
            {standard.data.data.since &&
              t('standard.since', { date: formatDate(standard.data.data.since) })}
          </>
        )}
      </p>
      <table>
        <thead>
          <tr>
            <th>{t('goal.no')}</th>
            <th>{t('goal.name')}</th>
            <th>{t('paper.requirement')}</th>
            <th>{t('goal.formula')}</th>
            <th>{t('goal.weight')}</th>
            <th>{t('goal.owner')}</th>
            <th>{t('goal.breakdown')}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.goals.map((goal) => (
            <tr key={goal.id}>
              <td>{goal.no}</td>
              <td>{goalName(goal)}</td>
              <td>{targetText(goal)}</td>
              <td>{t.code('formula_text', goal.formula)}</td>
              <td>{goal.weight ?? ''}</td>
              <td>{post(goal.owner_post)}</td>
              <td>
                {goal.breakdown.map((share) => (
                  <div key={share.post}>
                    {post(share.post)} {amountText(goal.unit, share.share_e2)}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <SignatureRow roles={[t('paper.drafted'), t('paper.approved'), t('paper.informed')]} stamp />
    </PrintFrame>
  );
}

/** The yearly assessment: target beside result, with causes, notes and corrections. */
function Assessment({ sheet, estate, onBack }: Props) {
  const figures = useFigures(sheet.id);
  const history = useQueries({
    queries: sheet.goals.map((goal) => ({
      queryKey: ['goals', 'measurements', goal.id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ok(
          api.GET('/api/v1/goals/{id}/measurements', {
            params: { path: { id: goal.id } },
            signal,
          }),
        ),
    })),
  });
  if (figures.isPending) return <Skeleton lines={8} />;
  if (figures.isError) return <ErrorView error={figures.error} retry={() => figures.refetch()} />;
  const title = t('paper.assessment_title', { estate, year: sheet.year });
  const rows = figures.data.goals;
  const signed = rows.find((row) => row.signed)?.signed;
  const count = (status: Schema<'GoalStatus'>) =>
    rows.filter((row) => standing(row).status === status).length;
  return (
    <PrintFrame title={title} onBack={onBack}>
      <h1>{title}</h1>
      <p>
        {signed
          ? t('paper.final', { date: formatDate(dateOf(signed.taken_at)) })
          : t('paper.provisional', { date: formatDate(figures.data.as_of) })}
      </p>
      <table>
        <thead>
          <tr>
            <th>{t('goal.no')}</th>
            <th>{t('goal.name')}</th>
            <th>{t('paper.requirement')}</th>
            <th>{t('paper.result')}</th>
            <th>{t('goal.figure')}</th>
            <th>{t('goal.status')}</th>
            <th>{t('paper.remark')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const shown = standing(row);
            const { goal } = row;
            return (
              <tr key={goal.id}>
                <td>{goal.no}</td>
                <td>{goalName(goal)}</td>
                <td>{targetText(goal)}</td>
                <td>{valueText(goal.unit, shown.value_e2)}</td>
                <td>{fractionText(goal, shown)}</td>
                <td>{t.code('status', shown.status)}</td>
                <td>
                  {notesOf(goal, shown).map((note) => (
                    <div key={note}>{note}</div>
                  ))}
                  {row.signed?.note}
                  {corrections(
                    history.find((one) => one.data?.[0]?.goal_id === goal.id)?.data ?? [],
                  ).map(({ before, again }) => (
                    <div key={again.id}>
                      {t('paper.corrected', {
                        value: valueText(goal.unit, before.value_e2 ?? null),
                        time: formatTime(before.taken_at),
                        reason: again.reason ?? '',
                      })}
                    </div>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p>
        {t('paper.summary', {
          met: count('met'),
          risk: count('at_risk'),
          missed: count('missed'),
          none: count('not_measurable'),
        })}
      </p>
      <SignatureRow roles={[t('paper.measured'), t('paper.informed')]} stamp />
    </PrintFrame>
  );
}

/** Each measurement that another corrects, with the one that does. */
function corrections(measured: readonly Schema<'Measured'>[]) {
  return measured.flatMap((again) => {
    const before = measured.find((one) => one.id === again.supersedes);
    return before ? [{ before, again }] : [];
  });
}
