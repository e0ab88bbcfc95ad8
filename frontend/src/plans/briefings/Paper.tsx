import { useQueries } from '@tanstack/react-query';
import { t } from '@/locales/briefings';
import { usePostTitle } from '@/org/posts';
import { formatCount, formatDate, formatTime } from '@/ui/format';
import { PrintFrame, SignatureRow } from '@/ui/print/PrintFrame';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { briefingQuery, type Detail } from './data';
import './briefings.css';

interface Props {
  date: string;
  /** The briefings to put on paper, in their order. */
  ids: readonly string[];
  onBack: () => void;
}

/** The briefings of a morning on paper, signed by both sides; goes to the printer by itself. */
export default function Paper({ date, ids, onBack }: Props) {
  const found = useQueries({ queries: ids.map(briefingQuery) });
  const failed = found.find((one) => one.isError);
  if (failed) return <ErrorView error={failed.error} retry={() => failed.refetch()} />;
  const all = found.flatMap((one) => one.data ?? []);
  if (all.length < ids.length) return <Skeleton />;
  const title = t('paper.title', { date: formatDate(date) });
  return (
    <PrintFrame title={title} atOnce onBack={onBack}>
      <h1>{title}</h1>
      {all.map((it) => (
        <One key={it.id} it={it} />
      ))}
    </PrintFrame>
  );
}

function One({ it }: { it: Detail }) {
  const title = usePostTitle();
  const pair = t('pair_of', { from: title(it.from_post), to: title(it.to_post) });
  return (
    <section className="briefing-paper">
      <h2>{pair}</h2>
      <p>
        {t('from')}: {it.reported_by_name ?? it.employee_name ?? ''} · {t('reported_at')}:{' '}
        {formatTime(it.reported_at)} · {t('heard_by')}: {it.heard_by_name ?? ''}{' '}
        {formatTime(it.heard_at)}
      </p>
      {it.items.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{t('paper.figure')}</th>
              <th>{t('paper.count')}</th>
              <th>{t('paper.records')}</th>
            </tr>
          </thead>
          <tbody>
            {it.items.map((item) => (
              <tr key={item.measure}>
                <td>{t.code('measure', item.measure)}</td>
                <td>{formatCount(item.count)}</td>
                <td>{item.records.map((record) => record.label).join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {it.remarks && (
        <p className="briefing-text">
          {t('remarks')}: {it.remarks}
        </p>
      )}
      {it.points.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{t('paper.no')}</th>
              <th>{t('paper.point')}</th>
              <th>{t('paper.needs')}</th>
              <th>{t('paper.answer')}</th>
            </tr>
          </thead>
          <tbody>
            {it.points.map((point, at) => (
              <tr key={point.id}>
                <td>{at + 1}</td>
                <td>{point.text}</td>
                <td>{t.code('needs', point.needs)}</td>
                <td>{point.answer ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <SignatureRow roles={[t('paper.reporter'), t('paper.hearer')]} />
    </section>
  );
}
