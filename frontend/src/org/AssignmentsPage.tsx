import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { t as ui } from '@/locales/ui';
import { trailWords } from '@/system/trailWords';
import { Anchor } from '@/ui/Anchor';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { ListPage, useShown } from '@/ui/list';
import { Facts, StateSteps, type Step, Trail } from '@/ui/record';
import { DateText, Days, Pill, type Tone } from '@/ui/text';
import { usePostTitle } from './lookups';

export type Assignment = Schema<'AssignmentView'>;
const NewAssignment = lazy(() => import('./NewAssignment'));
const EndForm = lazy(() => import('./EndForm'));

const TONE: Record<string, Tone> = {
  open: 'accent',
  planned: 'accent',
  active: 'ok',
  ended: 'plain',
  void: 'plain',
};

/** Where an assignment stands today: the decision while open, else by its days. */
export function PhasePill({ row }: { row: Assignment }) {
  const undecided = row.phase === 'open' || row.phase === 'void';
  return (
    <Pill tone={TONE[row.phase] ?? 'plain'}>
      {undecided ? t.code('assignment.state', row.state) : t.code('phase', row.phase)}
    </Pill>
  );
}

/** One that waits for a decision: the list has no address for a single assignment. */
async function undecided(id: string): Promise<Assignment | undefined> {
  for (const state of ['proposed', 'endorsed'] as const) {
    const query = { state, limit: 200 };
    const { items } = await ok(api.GET('/api/v1/assignments', { params: { query } }));
    const found = items.find((one) => one.id === id);
    if (found) return found;
  }
  return undefined;
}

const STATES = ['proposed', 'endorsed', 'approved', 'rejected', 'cancelled'];

/** Who is to hold, holds or held which post, and the decisions that wait. */
export function AssignmentsPage() {
  const me = useMe();
  const can = useCan();
  const title = usePostTitle();
  const [open, setOpen] = useShown<Assignment>(undecided);
  const [making, setMaking] = useState(false);
  const place = (id: string | null | undefined) =>
    me.estates.find((one) => one.id === id)?.name ?? t('assignment.company');
  return (
    <>
      <ListPage<Assignment>
        name="org.assignments"
        title={t('assignments.title')}
        kinds={['assignment']}
        fetch={(query, signal) => ok(api.GET('/api/v1/assignments', { params: { query }, signal }))}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        exportPath="/api/v1/assignments"
        columns={[
          {
            key: 'who',
            title: t('employee.name'),
            render: (row) => row.employee_name,
            card: 'title',
            width: 140,
          },
          { key: 'post', title: t('posts.post'), render: (row) => title(row.post) },
          { key: 'where', title: t('field.estate'), render: (row) => place(row.estate_id) },
          { key: 'kind', title: t('assignment.kind'), render: (row) => t.code('kind', row.kind) },
          {
            key: 'days',
            title: t('assignment.days'),
            render: (row) => <Days from={row.valid_from} until={row.valid_until} />,
            width: 290,
          },
          {
            key: 'phase',
            title: t('assignment.phase'),
            render: (row) => <PhasePill row={row} />,
            card: 'side',
            width: 110,
          },
        ]}
        filters={[
          {
            key: 'state',
            label: t('assignment.decision'),
            kind: 'choice',
            options: STATES.map((value) => ({ value, label: t.code('assignment.state', value) })),
          },
        ]}
        actions={
          can('org.propose') && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('assignment.new')}
            </Button>
          )
        }
        empty={{ title: t('assignments.none'), hint: t('assignments.none_hint') }}
      />
      {open && <Detail row={open} show={setOpen} />}
      <Suspense>{making && <NewAssignment close={() => setMaking(false)} />}</Suspense>
    </>
  );
}

/** Decisions on one assignment; the server says who may take them and why not. */
function Detail({ row, show }: { row: Assignment; show: (row: Assignment | null) => void }) {
  const can = useCan();
  const title = usePostTitle();
  const [ask, window] = useConfirm();
  const [ending, setEnding] = useState(false);
  const decided = (after: Assignment) => {
    show(after);
    reloadKind('assignment');
    reloadKind('employee');
  };
  const params = { path: { id: row.id } };
  const about = t('assignment.about', { who: row.employee_name, post: title(row.post) });

  const yes = (path: 'endorse' | 'approve') =>
    ask({
      title: t(`assignment.${path}_ask`),
      text: about,
      confirm: t(`assignment.${path}`),
      reason: 'none',
      run: async (_, headers) => {
        const call = { params, body: {}, headers };
        decided(
          await ok(
            path === 'endorse'
              ? api.POST('/api/v1/assignments/{id}/endorse', call)
              : api.POST('/api/v1/assignments/{id}/approve', call),
          ),
        );
      },
    });
  const no = (path: 'reject' | 'cancel') =>
    ask({
      title: t(`assignment.${path}_ask`),
      text: about,
      confirm: t(`assignment.${path}`),
      danger: true,
      run: async (reason, headers) => {
        const call = { params, body: { reason }, headers };
        decided(
          await ok(
            path === 'reject'
              ? api.POST('/api/v1/assignments/{id}/reject', call)
              : api.POST('/api/v1/assignments/{id}/cancel', call),
          ),
        );
      },
    });

  const undecided = row.state === 'proposed' || row.state === 'endorsed';
  return (
    <DetailDrawer
      open
      title={`${row.employee_name} · ${title(row.post)}`}
      onClose={() => show(null)}
      footer={
        <div className="form-foot detail-foot">
          {undecided && can('org.endorse') && (
            <Button danger onClick={() => no('reject')}>
              {t('assignment.reject')}
            </Button>
          )}
          {(undecided || row.phase === 'planned') && can('org.propose') && (
            <Button onClick={() => no('cancel')}>{t('assignment.cancel')}</Button>
          )}
          {(row.phase === 'active' || row.phase === 'planned') && can('org.edit') && (
            <Button danger onClick={() => setEnding(true)}>
              {t('assignment.end')}
            </Button>
          )}
          {row.state === 'proposed' && can('org.endorse') && (
            <Button type="primary" onClick={() => yes('endorse')}>
              {t('assignment.endorse')}
            </Button>
          )}
          {undecided && can('org.edit') && (
            <Button type="primary" onClick={() => yes('approve')}>
              {t('assignment.approve')}
            </Button>
          )}
        </div>
      }
    >
      <StateSteps steps={stepsOf(row)} />
      <Facts
        facts={[
          {
            label: t('employee.name'),
            value: <Anchor href={`/org/employees/${row.employee_id}`}>{row.employee_name}</Anchor>,
          },
          { label: t('posts.post'), value: title(row.post) },
          { label: t('assignment.kind'), value: t.code('kind', row.kind) },
          {
            label: t('assignment.days'),
            value: <Days from={row.valid_from} until={row.valid_until} />,
          },
          { label: t('assignment.order_ref'), value: row.order_ref ?? '—' },
          { label: t('assignment.service_field'), value: row.service_field ?? '—' },
          { label: t('field.reason'), value: row.end_reason ?? row.reason ?? '—' },
          { label: t('assignment.made'), value: <DateText value={row.created_at} /> },
        ]}
      />
      {can('trail.read') && (
        <section style={{ marginTop: 24 }}>
          <h3>{ui('record.history')}</h3>
          <Trail kind="assignment" id={row.id} words={trailWords} />
        </section>
      )}
      {window}
      <Suspense>
        {ending && (
          <EndForm
            title={t('assignment.end')}
            name={`org.assignment.${row.id}.end`}
            lead={about}
            send={async (body, headers) =>
              decided(await ok(api.POST('/api/v1/assignments/{id}/end', { params, body, headers })))
            }
            close={() => setEnding(false)}
          />
        )}
      </Suspense>
    </DetailDrawer>
  );
}

/** Proposed → endorsed → approved; an assignment above staff level goes without endorsement. */
function stepsOf(row: Assignment): Step[] {
  const at = ['proposed', 'endorsed', 'approved'].indexOf(row.state);
  const over = row.state === 'rejected' || row.state === 'cancelled';
  const step = (key: string, place: number): Step => ({
    key,
    label: t.code('assignment.state', key),
    phase: over
      ? 'skipped'
      : place < at
        ? key === 'endorsed' && !row.endorsed_by
          ? 'skipped'
          : 'done'
        : place === at
          ? row.state === 'approved'
            ? 'done'
            : 'now'
          : 'next',
  });
  const steps = [step('proposed', 0), step('endorsed', 1), step('approved', 2)];
  return over
    ? [
        { ...step('proposed', 0), phase: 'done' },
        { key: row.state, label: t.code('assignment.state', row.state), phase: 'now' },
      ]
    : steps;
}
