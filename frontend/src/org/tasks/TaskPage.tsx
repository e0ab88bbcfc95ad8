import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, idempotent, ok, type Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/tasks';
import { t as trail } from '@/locales/trail';
import { t as ui } from '@/locales/ui';
import { pageOf } from '@/shell/places';
import { useConfirm } from '@/ui/form';
import { formatTime } from '@/ui/format';
import { Attached, LateNotes, type RecordAction, RecordPage, Section, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline, TimeText } from '@/ui/text';
import { toast, toastError } from '@/ui/toast';
import { uuidv7 } from '@/ui/uuid';
import { usePostTitle } from '../lookups';
import { giverOf, PriorityPill, TaskPill } from './pills';
import type { FormStep } from './StepForms';
import { stepsOf } from './steps';
import { Told } from './Told';
import './tasks.css';

type Action = Schema<'TaskAction'>;
type Detail = Schema<'TaskDetail'>;
const StepForm = lazy(() => import('./StepForms'));

/** One task: what is to be done until when, how far it is, and the next step big. */
export function TaskPage({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['org', 'task', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/tasks/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['task'] },
  });
  if (found.isPending) return <Skeleton />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  return <Loaded it={found.data} />;
}

function Loaded({ it }: { it: Detail }) {
  const can = useCan();
  const title = usePostTitle();
  const { buttons, forms } = useActions(it);
  const next = buttons.find((one) => NEXT.includes(one.key as Action));
  return (
    <>
      <RecordPage
        eyebrow={`${t('title')} ${it.no}`}
        title={it.title}
        state={
          <>
            <TaskPill state={it.state} /> <PriorityPill priority={it.priority} />{' '}
            <Told posts={it.escalated_to} />
          </>
        }
        backTo="/tasks"
        {...(next && { next })}
        others={buttons.filter((one) => one !== next)}
        steps={stepsOf(it)}
        facts={[
          {
            label: t('due'),
            value:
              it.state === 'cancelled' ? (
                <TimeText value={it.due_at} />
              ) : (
                <Deadline due={it.due_at} done={it.reported_at ?? null} />
              ),
          },
          {
            label: t('assignee'),
            value: (
              <>
                {it.assignee_name} <span className="muted">{title(it.assignee_post)}</span>
              </>
            ),
          },
          {
            label: t('giver'),
            value: (
              <>
                {giverOf(it)} <span className="muted">{title(it.given_post)}</span>
              </>
            ),
          },
          { label: t('right'), value: t.code('right', it.given_right) },
          { label: t('source'), value: t.code('source', it.source) },
          { label: t('issued_at'), value: <TimeText value={it.issued_at} relative /> },
        ]}
        chain={chainOf(it)}
        side={[
          { key: 'files', label: ui('record.files'), content: <Attached kind="task" id={it.id} /> },
          ...(can('trail.read')
            ? [
                {
                  key: 'history',
                  label: ui('record.history'),
                  content: <Trail kind="task" id={it.id} words={WORDS} />,
                },
              ]
            : []),
        ]}
      >
        {buttons.length === 0 && !it.ended_at && <p className="notice">{waitsFor(it)}</p>}
        {it.detail && (
          <Section title={t('detail')}>
            <p className="task-text">{it.detail}</p>
          </Section>
        )}
        {it.result && (
          <Section title={t('result')}>
            <p className="task-text">{it.result}</p>
            <p className="muted">
              {it.reported_by_name} <TimeText value={it.reported_at} />
            </p>
          </Section>
        )}
        {it.last_word && (
          <Section title={t('last_word')}>
            <p className="task-text">{it.last_word}</p>
            {it.returned_count > 0 && (
              <p className="muted">{t('returned_n', { n: it.returned_count })}</p>
            )}
          </Section>
        )}
        <LateNotes notes={it.late_notes} />
      </RecordPage>
      {forms}
    </>
  );
}

/** The steps that move it on; the others are possible, not next. */
const NEXT: readonly Action[] = ['accept', 'start', 'report_done', 'close'];
const ORDER: readonly Action[] = [...NEXT, 'return', 'change', 'cancel'];

const FIELDS: Record<string, () => string> = {
  due_at: () => t('due'),
  title: () => t('what'),
  priority: () => t('priority'),
};
const WORDS = {
  action: (code: string) => trail.code('action', code),
  state: (code: string) => t.code('state', code),
  field: (name: string) => FIELDS[name]?.() ?? '',
  value: (field: string, value: unknown) => {
    if (field === 'due_at') return formatTime(String(value));
    return field === 'priority' ? t.code('priority', String(value)) : String(value);
  },
};

/** Whose move it is, for those who cannot move it themselves. */
function waitsFor(it: Detail): string {
  if (it.state !== 'reported_done') return t('waits_assignee', { name: it.assignee_name ?? '—' });
  const names = it.givers?.deciders.map((one) => one.name) ?? [];
  return names.length > 0
    ? t('waits_word', { name: names.join(ui('list.and')) })
    : t('waits_nobody');
}

function chainOf(it: Detail) {
  const from = it.source_ref;
  const href = from && pageOf(from.kind, from.id);
  if (!from || !href) return [];
  return [
    {
      key: from.id,
      label: t('came_from'),
      title: trail.code('kind', from.kind),
      href,
    },
    { key: it.id, label: t('what'), title: it.no, current: true },
  ];
}

function useActions(it: Detail) {
  const [ask, window] = useConfirm();
  const [step, setStep] = useState<FormStep | null>(null);
  const [busy, setBusy] = useState<Action | null>(null);
  const path = { params: { path: { id: it.id } } };
  const done = () => {
    toast(t('done'));
    reloadKind('task');
  };
  /** One tap: nothing is asked for, nothing is lost. */
  async function tap(action: 'accept' | 'start') {
    setBusy(action);
    const headers = idempotent(uuidv7());
    try {
      await (action === 'accept'
        ? api.POST('/api/v1/tasks/{id}/accept', { ...path, body: {}, headers })
        : api.POST('/api/v1/tasks/{id}/start', { ...path, body: {}, headers }));
      done();
    } catch (error) {
      toastError(sayError(error));
    } finally {
      setBusy(null);
    }
  }
  const run: Record<Action, () => void> = {
    accept: () => void tap('accept'),
    start: () => void tap('start'),
    report_done: () => setStep('report_done'),
    return: () => setStep('return'),
    change: () => setStep('change'),
    close: () =>
      ask({
        title: t('close_ask'),
        text: it.result,
        confirm: t('action.close'),
        reason: 'optional',
        reasonLabel: t('note'),
        run: async (note, headers) => {
          const body = { note: note || null };
          await api.POST('/api/v1/tasks/{id}/close', { ...path, body, headers });
          done();
        },
      }),
    cancel: () =>
      ask({
        title: t('cancel_ask'),
        text: t('cancel_text'),
        confirm: t('action.cancel'),
        danger: true,
        run: async (reason, headers) => {
          await api.POST('/api/v1/tasks/{id}/cancel', { ...path, body: { reason }, headers });
          done();
        },
      }),
  };
  const hints: Partial<Record<Action, string>> = {
    accept: t('hint.accept'),
    start: t('hint.start'),
    report_done: t('hint.report_done'),
    close: t('hint.close'),
  };
  const buttons: (RecordAction & { hint?: string })[] = ORDER.filter((one) =>
    it.actions.includes(one),
  ).map((one) => ({
    key: one,
    label: t.code('action', one),
    busy: busy === one,
    danger: one === 'cancel',
    ...(hints[one] && { hint: hints[one] }),
    onClick: run[one],
  }));
  const forms = (
    <>
      {window}
      <Suspense>{step && <StepForm step={step} task={it} close={() => setStep(null)} />}</Suspense>
    </>
  );
  return { buttons, forms };
}
