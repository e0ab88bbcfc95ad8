import { useState } from 'react';
import { Anchor } from '@/ui/Anchor';
import { BigButton, Card } from '@/ui/phone';
import { Deadline } from '@/ui/text';
import { giverOf, PriorityPill, TaskPill } from '../pills';
import { act, nextAct, type Task, wordOf } from './tasks';

/** One task; accepting and starting are one tap each, on the card itself; so is the way to reporting. */
export function TaskCard({ task, state }: { task: Task; state: Task['state'] }) {
  const [busy, setBusy] = useState(false);
  const next = nextAct(state);
  async function go() {
    if (!next) return;
    setBusy(true);
    await act(task, next);
    setBusy(false);
  }
  return (
    <>
      <Card
        to={`/m/tasks/${task.id}`}
        title={task.title}
        {...(task.overdue && { tone: 'late' as const })}
        meta={
          <>
            <TaskPill state={state} />
            <PriorityPill priority={task.priority} />
            <span>{giverOf(task)}</span>
            <Deadline due={task.due_at} />
          </>
        }
      >
        {state === 'returned' && task.last_word && <p className="field-error">{task.last_word}</p>}
      </Card>
      {next === 'report-done' ? (
        <Anchor
          className="m-btn m-btn-primary"
          href={`/m/tasks/${task.id}#report`}
          aria-label={`${wordOf(next)} ${task.no}`}
        >
          {wordOf(next)}
        </Anchor>
      ) : (
        next && (
          <BigButton
            kind="primary"
            disabled={busy}
            aria-label={`${wordOf(next)} ${task.no}`}
            onClick={go}
          >
            {wordOf(next)}
          </BigButton>
        )
      )}
    </>
  );
}
