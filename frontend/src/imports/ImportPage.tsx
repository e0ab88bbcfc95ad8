import { useQuery } from '@tanstack/react-query';
import { useCan } from '@/access/can';
import { api, ok } from '@/api/client';
import { download } from '@/api/download';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/imports';
import { t as trail } from '@/locales/trail';
import { t as ui } from '@/locales/ui';
import { Anchor } from '@/ui/Anchor';
import { useConfirm } from '@/ui/form';
import { formatCount } from '@/ui/format';
import { Progress } from '@/ui/Progress';
import { type RecordAction, RecordPage, Section, type Step, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { TimeText } from '@/ui/text';
import { toast, toastError } from '@/ui/toast';
import { Preview } from './Preview';
import { RowErrors } from './RowErrors';
import { atWork, type Run, RunPill } from './words';
import './imports.css';

const AGAIN_MS = 700;

/** One import: the check row by row, what it would do, its run and its result. */
export function ImportPage({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['imports', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/imports/{id}', { params: { path: { id } }, signal })),
    // The counts move without a line on the trail: while it is at work the page asks.
    refetchInterval: ({ state }) => (state.data && atWork(state.data.state) ? AGAIN_MS : false),
    meta: { kinds: ['import_run'] },
  });
  if (found.isPending) return <Skeleton lines={8} />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  return <Loaded run={found.data} />;
}

function Loaded({ run }: { run: Run }) {
  const can = useCan();
  const { actions, window } = useActions(run);
  const busy = atWork(run.state);
  const writing = run.state === 'queued' || run.state === 'running';
  const next = actions.find((one) => one.key === 'start');
  return (
    <>
      <RecordPage
        eyebrow={`${t('record')} · ${t.code('kind', run.kind)}`}
        title={run.file_name}
        state={<RunPill state={run.state} />}
        backTo="/imports"
        {...(next && {
          next: {
            ...next,
            hint: run.state === 'ready' ? t('start_hint') : t('go_on_hint'),
          },
        })}
        others={actions.filter((one) => one !== next)}
        facts={[
          { label: t('rows'), value: formatCount(run.total_rows) },
          {
            label: t('format'),
            value:
              run.format === 'csv'
                ? `CSV · ${run.encoding.toUpperCase()}`
                : run.format.toUpperCase(),
          },
          { label: t('uploaded_by'), value: run.created_by_name ?? '—' },
          { label: t('uploaded_at'), value: <TimeText value={run.created_at} /> },
          ...(run.finished_at && !busy
            ? [{ label: t('finished_at'), value: <TimeText value={run.finished_at} /> }]
            : []),
        ]}
        steps={stepsOf(run)}
        side={
          can('trail.read')
            ? [
                {
                  key: 'history',
                  label: ui('record.history'),
                  content: (
                    <Trail
                      kind="import_run"
                      id={run.id}
                      words={{
                        action: (code) => trail.code('action', code),
                        state: (code) => t.code('state', code),
                      }}
                    />
                  ),
                },
              ]
            : []
        }
      >
        <Section title={sectionTitle(run)}>
          {busy && (
            <Progress
              label={writing ? t('running') : t('checking')}
              done={run.done_rows}
              total={run.total_rows}
            />
          )}
          {run.failure && (
            <p className="im-failure" role="alert">
              {run.failure}
            </p>
          )}
          <Counts run={run} />
          {run.state === 'done' && <Where run={run} />}
        </Section>
        {run.rejected > 0 && !busy && <RowErrors run={run} />}
        <Preview run={run} />
      </RecordPage>
      {window}
    </>
  );
}

function sectionTitle(run: Run): string {
  if (run.state === 'done') return t('result');
  if (run.state === 'queued' || run.state === 'running') return t('running');
  if (run.state === 'failed') return t('so_far');
  return run.state === 'ready' ? t('would') : t('check');
}

/** What the rows come to, as figures. */
function Counts({ run }: { run: Run }) {
  return (
    <dl className="im-counts" aria-live="polite">
      {(['added', 'changed', 'unchanged', 'rejected'] as const).map((key) => (
        <div key={key} className={key === 'rejected' && run.rejected > 0 ? 'bad' : undefined}>
          <dt>{t.code('count', key)}</dt>
          <dd className="num">{formatCount(run[key])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Where the rows went. */
function Where({ run }: { run: Run }) {
  if (run.added + run.changed === 0) return <p className="muted">{t('nothing_new')}</p>;
  switch (run.kind) {
    case 'houses':
      return (
        <p>
          {t('houses_wait')}{' '}
          <Anchor href={`/estate/houses?import_run_id=${run.id}`}>{t('see.houses')}</Anchor>
          {' · '}
          <Anchor href="/estate/structure-changes">{t('see.changes')}</Anchor>
        </p>
      );
    case 'parties':
      return (
        <p>
          <Anchor href="/parties?sort=-updated_at">{t('see.parties')}</Anchor>
        </p>
      );
    case 'occupancies':
      return (
        <p>
          <Anchor href="/occupancies">{t('see.occupancies')}</Anchor>
        </p>
      );
  }
}

function useActions(run: Run) {
  const [ask, window] = useConfirm();
  const params = { path: { id: run.id } };
  const good = run.added + run.changed;
  const start: RecordAction = {
    key: 'start',
    label: run.state === 'failed' ? t('go_on') : t('start', { n: formatCount(good) }),
    onClick: () =>
      ask({
        title: run.state === 'failed' ? t('go_on') : t('start_ask'),
        text: t('start_text', {
          added: formatCount(run.added),
          changed: formatCount(run.changed),
          unchanged: formatCount(run.unchanged),
          rejected: formatCount(run.rejected),
        }),
        confirm: run.state === 'failed' ? t('go_on') : t('start_do'),
        reason: 'none',
        run: async (_, headers) => {
          await api.POST('/api/v1/imports/{id}/start', { params, body: {}, headers });
          reloadKind('import_run');
        },
      }),
  };
  const cancel: RecordAction = {
    key: 'cancel',
    label: t('cancel'),
    danger: true,
    onClick: () =>
      ask({
        title: t('cancel_ask'),
        text: t('cancel_text'),
        confirm: t('cancel'),
        danger: true,
        reason: 'none',
        run: async (_, headers) => {
          await api.POST('/api/v1/imports/{id}/cancel', { params, body: {}, headers });
          toast(t('cancelled'));
          reloadKind('import_run');
        },
      }),
  };
  const list = (format: 'xlsx' | 'csv'): RecordAction => ({
    key: format,
    label: t(`errors.${format}`),
    onClick: () =>
      download(
        `/api/v1/imports/${run.id}/errors/export?format=${format}`,
        `${t('errors.title')}.${format}`,
      ).catch((error) => toastError(sayError(error))),
  });
  const actions: RecordAction[] = [];
  if (run.state === 'failed' || (run.state === 'ready' && good > 0)) actions.push(start);
  if (run.rejected > 0 && !atWork(run.state)) actions.push(list('xlsx'), list('csv'));
  if (['uploaded', 'checking', 'ready'].includes(run.state)) actions.push(cancel);
  return { actions, window };
}

/** Uploaded → checked → started → done; a break or a cancellation stands in its place. */
function stepsOf(run: Run): Step[] {
  const order = ['uploaded', 'checking', 'ready', 'running', 'done'] as const;
  const at = run.state === 'queued' ? 3 : order.indexOf(run.state as (typeof order)[number]);
  const step = (key: (typeof order)[number], i: number): Step => ({
    key,
    label: t.code('step', key),
    phase: i < at || run.state === 'done' ? 'done' : i === at ? 'now' : 'next',
    ...(key === 'uploaded' && { who: run.created_by_name, at: run.created_at }),
    ...(key === 'done' && run.state === 'done' && { at: run.finished_at ?? null }),
  });
  const all = order.map(step);
  if (run.state === 'cancelled' || run.state === 'failed') {
    const last: Step = {
      key: run.state,
      label: t.code('state', run.state),
      phase: 'now',
      at: run.finished_at ?? null,
    };
    const before = run.state === 'failed' ? 3 : 1;
    return [...all.slice(0, before).map((one): Step => ({ ...one, phase: 'done' })), last];
  }
  return all;
}
