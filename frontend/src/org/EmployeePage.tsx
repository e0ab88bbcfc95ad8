import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { me } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { t as ui } from '@/locales/ui';
import { trailWords } from '@/system/trailWords';
import { Anchor } from '@/ui/Anchor';
import { listed } from '@/ui/format';
import { type RecordAction, RecordPage, Section, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { DateText, Days, Pill, TimeText, type Tone } from '@/ui/text';
import { PhasePill } from './AssignmentsPage';
import { type Employee, phoneOf, StatusPill } from './EmployeesPage';
import { usePostTitle } from './lookups';
import { QualificationsSection } from './QualificationsSection';
import './org.css';

type Status = Schema<'EmployeeStatus'>;
const EmployeeForm = lazy(() => import('./EmployeeForm'));
const StatusForm = lazy(() => import('./StatusForm'));
const NewAssignment = lazy(() => import('./NewAssignment'));

/** One person: posts held, line of superiors, acting, what they may work on, and what happened. */
export function EmployeePage({ id }: { id: string }) {
  const can = useCan();
  const title = usePostTitle();
  const [form, setForm] = useState<'change' | 'assign' | Status | null>(null);
  const employee = useQuery({
    queryKey: ['org', 'employee', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/employees/{id}', { params: { path: { id } }, signal })),
    meta: { kinds: ['employee', 'assignment'] },
  });
  if (employee.isPending) return <Skeleton lines={8} />;
  if (employee.isError) {
    return <ErrorView error={employee.error} retry={() => employee.refetch()} />;
  }
  const row: Employee = employee.data;
  const [next, ...others] = actionsOf(row, can, setForm);
  return (
    <>
      <RecordPage
        eyebrow={`${t('employee.record')} ${row.no}`}
        title={row.name}
        state={<StatusPill status={row.status} />}
        backTo="/org/employees"
        facts={[
          {
            label: t('employee.posts'),
            value: listed(row.posts.map((held) => title(held.post))) || t('employee.no_post'),
          },
          { label: t('employee.phone'), value: phoneOf(row) },
          { label: t('employee.hired_on'), value: <DateText value={row.hired_on} /> },
          ...(row.left_on
            ? [{ label: t('employee.left_on'), value: <DateText value={row.left_on} /> }]
            : []),
        ]}
        {...(next ? { next } : {})}
        others={others}
        side={[
          {
            key: 'history',
            label: ui('record.history'),
            content: can('trail.read') ? (
              <Trail kind="employee" id={id} words={trailWords} />
            ) : null,
          },
        ]}
      >
        <Line id={id} />
        <Assignments id={id} />
        {can('acting.read') && <Acting id={id} />}
        {can('roster.read') && <QualificationsSection employee={row} />}
      </RecordPage>
      <Suspense>
        {form === 'change' && <EmployeeForm employee={row} close={() => setForm(null)} />}
        {form === 'assign' && <NewAssignment employee={row} close={() => setForm(null)} />}
        {form && form !== 'change' && form !== 'assign' && (
          <StatusForm employee={row} status={form} close={() => setForm(null)} />
        )}
      </Suspense>
    </>
  );
}

/** The likely next step first. */
function actionsOf(
  row: Employee,
  can: (permission: 'org.edit' | 'org.propose') => boolean,
  open: (form: 'change' | 'assign' | Status) => void,
): RecordAction[] {
  const left = row.status === 'left';
  const assign: RecordAction = {
    key: 'assign',
    label: t('assignment.new'),
    onClick: () => open('assign'),
  };
  const to = (status: Status, danger = false): RecordAction => ({
    key: status,
    label: t.code('to', status),
    danger,
    onClick: () => open(status),
  });
  const moves: Record<string, RecordAction[]> = {
    candidate: [to('probation'), to('active')],
    probation: [to('active'), to('left', true)],
    active: [to('suspended', true), to('left', true)],
    suspended: [to('active'), to('left', true)],
    left: [to('candidate')],
  };
  const status = can('org.edit') ? (moves[row.status] ?? []) : [];
  const change: RecordAction[] = can('org.edit')
    ? [{ key: 'change', label: t('action.change'), onClick: () => open('change') }]
    : [];
  const post = can('org.propose') && !left ? [assign] : [];
  const employed = row.status === 'active' || row.status === 'probation';
  return employed ? [...post, ...change, ...status] : [...status, ...post, ...change];
}

function Line({ id }: { id: string }) {
  const title = usePostTitle();
  const english = lang() === 'en';
  const line = useQuery({
    queryKey: ['org', 'line', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/employees/{id}/reporting-line', { params: { path: { id } }, signal })),
    meta: { kinds: ['assignment', 'reporting_edge', 'employee'] },
  });
  return (
    <Section title={t('line.title')}>
      {line.isPending ? (
        <Skeleton lines={2} />
      ) : line.isError ? (
        <ErrorView error={line.error} retry={() => line.refetch()} />
      ) : line.data.lines.length === 0 ? (
        <p className="muted">{t('line.none')}</p>
      ) : (
        line.data.lines.map((one) => (
          <ol key={one.assignment_id} className="org-line">
            <li>
              <div className="org-card">
                <b>{title(one.post)}</b>
              </div>
            </li>
            {one.above.map((step) => (
              <li key={step.post}>
                <div className={step.people.length === 0 ? 'org-card vacant' : 'org-card'}>
                  <b>{english ? step.title_en : step.title_zh}</b>
                  {step.people.length === 0 ? (
                    <span className="muted">{t('chart.vacant')}</span>
                  ) : (
                    <span className="org-people">
                      {step.people.map((one) => (
                        <Anchor key={one.assignment_id} href={`/org/employees/${one.employee_id}`}>
                          {one.name}
                        </Anchor>
                      ))}
                    </span>
                  )}
                </div>
              </li>
            ))}
          </ol>
        ))
      )}
    </Section>
  );
}

function Assignments({ id }: { id: string }) {
  const title = usePostTitle();
  const rows = useQuery({
    queryKey: ['org', 'assignments', id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/assignments', {
          params: { query: { employee_id: id, limit: 100 } },
          signal,
        }),
      ),
    meta: { kinds: ['assignment'] },
  });
  const place = (estate: string | null | undefined) =>
    me()?.estates.find((one) => one.id === estate)?.name ?? '';
  return (
    <Section title={t('assignments.history')}>
      {rows.isPending ? (
        <Skeleton lines={2} />
      ) : rows.isError ? (
        <ErrorView error={rows.error} retry={() => rows.refetch()} />
      ) : rows.data.items.length === 0 ? (
        <p className="muted">{t('assignments.none_yet')}</p>
      ) : (
        <ul className="plain-list">
          {[...rows.data.items].reverse().map((row) => (
            <li key={row.id}>
              <div>
                <b>{title(row.post)}</b>{' '}
                <span className="muted">
                  {place(row.estate_id)} · {t.code('kind', row.kind)}
                  {row.service_field && ` · ${row.service_field}`}
                  {row.order_ref && ` · ${t('assignment.order_ref')} ${row.order_ref}`}
                </span>
                {row.end_reason && <div className="muted">{row.end_reason}</div>}
              </div>
              <Days from={row.valid_from} until={row.valid_until} />
              <PhasePill row={row} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const ACTING_TONE: Record<string, Tone> = { active: 'accent', proposed: 'warn', confirmed: 'ok' };

function Acting({ id }: { id: string }) {
  const title = usePostTitle();
  const rows = useQuery({
    queryKey: ['org', 'acting', 'of', id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/acting-periods', {
          params: { query: { employee_id: id, limit: 50 } },
          signal,
        }),
      ),
    meta: { kinds: ['acting_period'] },
  });
  if (!rows.data || rows.data.items.length === 0) return null;
  return (
    <Section title={t('acting.title')}>
      <ul className="plain-list">
        {[...rows.data.items].reverse().map((row) => (
          <li key={row.id}>
            <div>
              {t('acting.sentence', {
                who: row.stand_in_name,
                whom: row.principal_name ?? t('chart.vacant'),
                post: title(row.post),
              })}
            </div>
            <span>
              <TimeText value={row.starts_at} /> {ui('days.to')} <TimeText value={row.ends_at} />
            </span>
            <Pill tone={ACTING_TONE[row.state] ?? 'plain'}>
              {t.code('acting.state', row.state)}
            </Pill>
          </li>
        ))}
      </ul>
    </Section>
  );
}
