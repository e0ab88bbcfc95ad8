import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/tasks';
import { remembered } from '@/offline/cache';
import { labelled } from '@/ui/format';
import { BigButton, Card, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { Pictures } from '@/ui/phone/Pictures';
import { Deadline, TimeText } from '@/ui/text';
import { giverOf, PriorityPill, TaskPill } from '../pills';
import { ReportForm } from './ReportForm';
import { act, nextAct, type Task, useMyTasks, useStateOf, wordOf } from './tasks';

/** One task on the phone: what, until when, from whom, and the one next act at the thumb. */
export function TaskScreen({ id }: { id: string }) {
  const mine = useMyTasks();
  const detail = useQuery({
    queryKey: ['org', 'task', id],
    queryFn: ({ signal }) =>
      remembered(`task ${id}`, () =>
        ok(api.GET('/api/v1/tasks/{id}', { params: { path: { id } }, signal })),
      ),
    meta: { kinds: ['task'] },
  });
  // Without network the list may know the task although it was never opened.
  const task = detail.data ?? mine.tasks.find((one) => one.task.id === id)?.task;
  if (!task) {
    return (
      <Screen title={t('phone.title')} back="/m/tasks">
        {detail.isError ? (
          <ErrorView error={detail.error} retry={() => detail.refetch()} />
        ) : (
          <Skeleton lines={5} />
        )}
      </Screen>
    );
  }
  return <Loaded task={task} files={detail.data?.files ?? []} />;
}

function Loaded({ task, files }: { task: Task; files: readonly Schema<'StoredFile'>[] }) {
  const state = useStateOf(task);
  const { hash } = useLocation();
  const next = task.mine ? nextAct(state) : null;
  const [reporting, setReporting] = useState(hash === 'report' && next === 'report-done');
  const [busy, setBusy] = useState(false);

  async function go() {
    if (!next) return;
    if (next === 'report-done') return setReporting(true);
    setBusy(true);
    await act(task, next);
    setBusy(false);
  }
  if (reporting) return <ReportForm task={task} close={() => setReporting(false)} />;
  return (
    <Screen
      title={task.no}
      back="/m/tasks"
      dock={
        next && (
          <BigButton kind="primary" disabled={busy} onClick={go}>
            {wordOf(next)}
          </BigButton>
        )
      }
    >
      <Card
        title={task.title}
        {...(task.overdue && { tone: 'late' as const })}
        meta={
          <>
            <TaskPill state={state} />
            <PriorityPill priority={task.priority} />
          </>
        }
      >
        {task.detail && <p>{task.detail}</p>}
        <p>
          {labelled(t('due'))}
          <Deadline due={task.due_at} done={task.reported_at ?? null} />
        </p>
        <p>
          {labelled(t('giver'))}
          {giverOf(task)}
        </p>
        <p>
          {labelled(t('issued_at'))}
          <TimeText value={task.issued_at} />
        </p>
        {state === 'returned' && task.last_word && (
          <p className="field-error">
            {labelled(t('missing'))}
            {task.last_word}
          </p>
        )}
        {task.result && (
          <p>
            {labelled(t('result'))}
            {task.result}
          </p>
        )}
        <Pictures files={files} label={t('phone.photo')} />
      </Card>
      {state === 'reported_done' && <p className="muted">{t('phone.sent_word')}</p>}
    </Screen>
  );
}
