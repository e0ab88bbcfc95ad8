import { lazy, type ReactNode, Suspense } from 'react';
import { t } from '@/locales/briefings';
import { Anchor } from '@/ui/Anchor';
import { labelled } from '@/ui/format';
import { Pill, TimeText } from '@/ui/text';
import type { Detail, Point } from './data';
import { FigureCards } from './FigureCards';
import './briefings.css';

// The words of all kinds of records, for the few points that name one.
const Linked = lazy(() => import('./Linked'));

interface Props {
  it: Detail;
  /** What can be done with a point: answer it, make it a task. */
  beside?: (point: Point, n: number) => ReactNode;
}

/** What a briefing says: figures, remarks, points, and the records that were sampled. */
export function BriefingBody({ it, beside }: Props) {
  return (
    <>
      <h3>{t('figures')}</h3>
      <FigureCards items={it.items} />
      {it.remarks && (
        <>
          <h3>{t('remarks')}</h3>
          <p className="briefing-text">{it.remarks}</p>
        </>
      )}
      <h3>{t('points')}</h3>
      {it.points.length === 0 && <p className="muted">{t('points_none')}</p>}
      <ol className="briefing-list">
        {it.points.map((point, at) => (
          <li key={point.id}>
            <PointText point={point} />
            {beside?.(point, at + 1)}
          </li>
        ))}
      </ol>
      {it.records_checked.length > 0 && (
        <>
          <h3>{t('checked')}</h3>
          <ul className="briefing-list">
            {it.records_checked.map((check) => (
              <li key={check.id}>
                <Suspense>
                  <Linked {...check.record} />
                </Suspense>{' '}
                <Pill tone={check.finding === 'finding' ? 'late' : 'ok'}>
                  {t.code('finding', check.finding)}
                </Pill>{' '}
                {check.note}{' '}
                <span className="muted">
                  {check.checked_by_name} <TimeText value={check.checked_at} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function PointText({ point }: { point: Point }) {
  return (
    <>
      <p className="briefing-text">
        <Pill tone={point.needs === 'decision' ? 'warn' : 'plain'}>
          {t.code('needs', point.needs)}
        </Pill>{' '}
        {point.text}{' '}
        {point.linked && (
          <Suspense>
            <Linked {...point.linked} />
          </Suspense>
        )}
      </p>
      {point.answer && (
        <p className="briefing-text">
          {labelled(t('answered'))}
          {point.answer}
        </p>
      )}
      {point.tasks.length > 0 && (
        <p>
          {labelled(t('tasks'))}
          {point.tasks.map((task) => (
            <Anchor key={task.id} href={`/tasks/${task.id}`}>
              {task.no}
            </Anchor>
          ))}
        </p>
      )}
    </>
  );
}
