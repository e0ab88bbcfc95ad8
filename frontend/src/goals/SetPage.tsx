import { PrinterOutlined } from '@ant-design/icons';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/goals';
import { lang } from '@/locales/lang';
import { t as trailWords } from '@/locales/trail';
import { usePostTitle } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { useConfirm } from '@/ui/form';
import { type RecordAction, RecordPage, Section, type Step, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';
import { type Sheet, thisYear, useDecides, useFigures, useNames, useSheet } from './data';
import { SetPill } from './SetsPage';
import { StandardLine } from './StandardLine';
import { amountText, goalName, StatusPill, standing, targetText, valueText } from './words';
import './goals.css';

const GoalsForm = lazy(() => import('./GoalsForm'));
const Papers = lazy(() => import('./Papers'));

/** The goals of a year as a sheet: drafted, approved, in force, measured, frozen. */
export function SetPage({ id }: { id: string }) {
  const sheet = useSheet(id);
  if (sheet.isPending) return <Skeleton lines={8} />;
  if (sheet.isError) return <ErrorView error={sheet.error} retry={() => sheet.refetch()} />;
  return <Loaded sheet={sheet.data.data} etag={sheet.data.etag} />;
}

function Loaded({ sheet, etag }: { sheet: Sheet; etag: string }) {
  const me = useMe();
  const name = useNames([sheet.drafted_by, sheet.approved_by]);
  const [paper, setPaper] = useState<'sheet' | 'assessment' | null>(null);
  const [editing, setEditing] = useState(false);
  const { next, others, window } = useActions(sheet, () => setEditing(true));
  const estate = me.estates.find((one) => one.id === sheet.estate_id)?.name ?? '';
  if (paper) {
    return (
      <Suspense fallback={<Skeleton lines={8} />}>
        <Papers sheet={sheet} estate={estate} paper={paper} onBack={() => setPaper(null)} />
      </Suspense>
    );
  }
  return (
    <>
      <RecordPage
        eyebrow={t('set.eyebrow')}
        title={`${estate} ${sheet.year}`}
        state={<SetPill set={sheet} />}
        backTo="/goals/sets"
        {...(next && { next })}
        others={[
          ...others,
          {
            key: 'sheet',
            label: t('paper.sheet'),
            icon: <PrinterOutlined />,
            onClick: () => setPaper('sheet'),
          },
          {
            key: 'assessment',
            label: t('paper.assessment'),
            icon: <PrinterOutlined />,
            onClick: () => setPaper('assessment'),
          },
        ]}
        facts={[
          { label: t('set.drafted_by'), value: name(sheet.drafted_by) || '—' },
          { label: t('set.approved_by'), value: name(sheet.approved_by) || '—' },
          { label: t('set.approved_at'), value: <TimeText value={sheet.approved_at} /> },
          { label: t('set.frozen_at'), value: <TimeText value={sheet.frozen_at} /> },
          {
            label: t('due'),
            value: <Deadline due={sheet.due_at} />,
          },
        ]}
        steps={stepsOf(sheet, name)}
        side={[{ key: 'history', label: t('history'), content: <SetTrail id={sheet.id} /> }]}
      >
        <Section
          title={t('set.goals')}
          extra={<Anchor href={`/goals?year=${sheet.year}`}>{t('set.to_board')}</Anchor>}
        >
          <p>
            <span className="muted">{t('set.purpose')}</span>{' '}
            {lang() === 'en' ? sheet.purpose.en : sheet.purpose.zh}
            <br />
            <span className="muted">{t('set.scope')}</span> {t('set.scope_text', { estate })}
            <br />
            <StandardLine estate={sheet.estate_id} />
          </p>
          <GoalTable sheet={sheet} />
        </Section>
      </RecordPage>
      {window}
      <Suspense>
        {editing && <GoalsForm sheet={sheet} etag={etag} close={() => setEditing(false)} />}
      </Suspense>
    </>
  );
}

function SetTrail({ id }: { id: string }) {
  const can = useCan();
  if (!can('trail.read')) return null;
  return (
    <Trail
      kind="goal_set"
      id={id}
      words={{
        action: (code) => trailWords.code('action', code),
        state: (code) => t.code('set_state', code),
      }}
    />
  );
}

/** The goals with what was set and how each stands; a goal leads to its figure. */
function GoalTable({ sheet }: { sheet: Sheet }) {
  const post = usePostTitle();
  const figures = useFigures(sheet.id);
  const weight = sheet.goals.reduce((sum, goal) => sum + (goal.weight ?? 0), 0);
  return (
    <>
      <div className="goal-scroll">
        <table className="goal-table">
          <thead>
            <tr>
              <th className="num">{t('goal.no')}</th>
              <th>{t('goal.name')}</th>
              <th>{t('goal.target')}</th>
              <th>{t('goal.value')}</th>
              <th>{t('goal.formula')}</th>
              <th className="num">{t('goal.weight')}</th>
              <th>{t('goal.owner')}</th>
              <th>{t('goal.breakdown')}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.goals.map((goal) => {
              const row = figures.data?.goals.find((one) => one.goal.id === goal.id);
              const shown = row && standing(row);
              return (
                <tr key={goal.id}>
                  <td className="num">{goal.no}</td>
                  <th scope="row">
                    <Anchor href={`/goals/sets/${sheet.id}/${goal.id}`}>{goalName(goal)}</Anchor>
                  </th>
                  <td className="num">{targetText(goal)}</td>
                  <td>
                    {shown && (
                      <>
                        <span className="num">{valueText(goal.unit, shown.value_e2)}</span>{' '}
                        <StatusPill status={shown.status} />
                      </>
                    )}
                  </td>
                  <td>{t.code('formula', goal.formula)}</td>
                  <td className="num">{goal.weight ?? '—'}</td>
                  <td>{post(goal.owner_post)}</td>
                  <td>
                    {goal.breakdown.length === 0 && (
                      <span className="muted">{t('goal.no_breakdown')}</span>
                    )}
                    {goal.breakdown.map((share) => (
                      <div key={share.post}>
                        {post(share.post)}{' '}
                        <span className="num">{amountText(goal.unit, share.share_e2)}</span>
                      </div>
                    ))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {weight > 0 && <p className="muted">{t('set.weight_sum', { n: weight })}</p>}
    </>
  );
}

/** What this person can do with the sheet now: the next step large, the others small. */
function useActions(sheet: Sheet, edit: () => void) {
  const can = useCan();
  const decides = useDecides(sheet);
  const [ask, window] = useConfirm();
  const { state, year } = sheet;
  const params = { path: { id: sheet.id } };
  const done = (word: string) => {
    toast(word);
    reloadKind('goal_set');
  };
  const actions: (RecordAction & { hint?: string })[] = [];

  if (state === 'draft' && decides) {
    actions.push({
      key: 'approve',
      label: t('set.approve'),
      hint: t('set.approve_hint'),
      onClick: () =>
        ask({
          title: t('set.approve_ask', { year }),
          text: t('set.approve_text'),
          confirm: t('set.approve'),
          reason: 'none',
          run: async (_, headers) => {
            await api.POST('/api/v1/goal-sets/{id}/approve', { params, body: {}, headers });
            done(t('set.approved'));
          },
        }),
    });
  }
  if (state === 'draft' && can('goal.edit')) {
    actions.push({ key: 'edit', label: t('set.edit'), onClick: edit });
  }
  if ((state === 'approved' || state === 'active') && decides) {
    const over = year < thisYear();
    actions.push({
      key: 'sign',
      label: t('set.sign'),
      hint: over ? t('set.sign_hint') : t('set.sign_early'),
      ...(!over && { disabled: t('set.sign_early') }),
      onClick: () =>
        ask({
          title: t('set.sign_ask', { year }),
          text: t('set.sign_text'),
          confirm: t('set.sign'),
          reason: 'optional',
          reasonLabel: t('set.sign_note'),
          run: async (note, headers) => {
            const body = note ? { note } : {};
            await api.POST('/api/v1/goal-sets/{id}/sign', { params, body, headers });
            done(t('set.signed'));
          },
        }),
    });
  }
  if (state === 'measured' && decides) {
    actions.push({
      key: 'freeze',
      label: t('set.freeze'),
      hint: t('set.freeze_hint'),
      onClick: () =>
        ask({
          title: t('set.freeze_ask', { year }),
          text: t('set.freeze_text'),
          confirm: t('set.freeze'),
          reason: 'none',
          run: async (_, headers) => {
            await api.POST('/api/v1/goal-sets/{id}/freeze', { params, body: {}, headers });
            done(t('set.frozen'));
          },
        }),
    });
  }
  if (state !== 'draft' && state !== 'frozen' && can('goal.edit')) {
    actions.push({
      key: 'measure',
      label: t('set.measure'),
      onClick: () =>
        ask({
          title: t('set.measure_ask'),
          text: t('set.measure_text'),
          confirm: t('set.measure'),
          reason: 'none',
          run: async (_, headers) => {
            await api.POST('/api/v1/goal-sets/{id}/measure', { params, body: {}, headers });
            done(t('set.measured'));
          },
        }),
    });
  }
  const [next, ...others] = actions;
  return { next, others, window };
}

const WAY = ['draft', 'approved', 'active', 'measured', 'frozen'] as const;

function stepsOf(sheet: Sheet, name: (id?: string | null) => string): Step[] {
  const at = WAY.indexOf(sheet.state);
  const facts: Partial<Record<(typeof WAY)[number], Partial<Step>>> = {
    draft: { who: name(sheet.drafted_by) },
    approved: { who: name(sheet.approved_by), at: sheet.approved_at ?? null },
    frozen: { at: sheet.frozen_at ?? null },
  };
  return WAY.map((key, i) => ({
    key,
    label: t(`set.step.${key}`),
    phase: i < at || sheet.state === 'frozen' ? 'done' : i === at ? 'now' : 'next',
    ...(i <= at && facts[key]),
  }));
}
