import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, idempotent } from '@/api/client';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/briefings';
import { t as ui } from '@/locales/ui';
import { uuidv7 } from '@/ui/uuid';
import { BriefingBody } from './BriefingBody';
import type { Detail, Point } from './data';
import { Samples } from './Samples';
import './briefings.css';

const GiveTask = lazy(() => import('@/org/tasks/GiveTask'));

/** A briefing as the superior hears it: answers, tasks, records to sample, and one button. */
export function HearBriefing({ it, heard }: { it: Detail; heard?: () => void }) {
  const can = useCan();
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const [task, setTask] = useState<Point | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const hears = it.actions.includes('hear');

  async function hear() {
    setBusy(true);
    setFault('');
    const said = Object.entries(answers).filter(([, answer]) => answer.trim() !== '');
    try {
      await api.POST('/api/v1/briefings/{id}/hear', {
        params: { path: { id: it.id } },
        body: { answers: said.map(([point_id, answer]) => ({ point_id, answer: answer.trim() })) },
        headers: idempotent(uuidv7()),
      });
      heard?.();
    } catch (error) {
      setFault(sayError(error));
    } finally {
      setBusy(false);
      reloadKind('briefing');
    }
  }
  return (
    <>
      <BriefingBody
        it={it}
        beside={(point, n) => (
          <div className="briefing-row">
            {hears && (
              <input
                className="input"
                aria-label={t('answer', { n })}
                placeholder={t('answer', { n })}
                maxLength={500}
                value={answers[point.id] ?? ''}
                onChange={(event) => setAnswers({ ...answers, [point.id]: event.target.value })}
              />
            )}
            {can('task.give') && it.state !== 'prepared' && (
              <button type="button" className="btn" onClick={() => setTask(point)}>
                {t('to_task')}
              </button>
            )}
          </div>
        )}
      />
      {it.actions.includes('check') && <Samples it={it} />}
      {fault && (
        <p className="notice notice-late" role="alert">
          {fault}
        </p>
      )}
      {hears ? (
        <button
          type="button"
          className="btn btn-primary briefing-big"
          disabled={busy}
          onClick={hear}
        >
          {t('hear')}
        </button>
      ) : (
        it.state !== 'heard' && <p className="notice">{waitsFor(it)}</p>
      )}
      <Suspense>
        {task && (
          <GiveTask
            origin={{
              title: task.text.slice(0, 100),
              source: 'briefing',
              source_ref: { kind: 'briefing_point', id: task.id },
            }}
            close={() => setTask(null)}
            made={() => setTask(null)}
          />
        )}
      </Suspense>
    </>
  );
}

/** Whose move it is, for those who cannot move it themselves. */
function waitsFor(it: Detail): string {
  if (it.state === 'prepared') return t('waits_report');
  const names = it.hearers?.deciders.map((one) => one.name) ?? [];
  return names.length > 0
    ? t('waits_hear', { names: names.join(ui('list.and')) })
    : t('waits_nobody');
}
