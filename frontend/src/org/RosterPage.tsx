import { LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { queryClient } from '@/api/query';
import { t as base } from '@/locales/base';
import { t } from '@/locales/org';
import { addDays } from '@/ui/format';
import { ExportButton } from '@/ui/list';
import { PrintFrame, SignatureRow } from '@/ui/print/PrintFrame';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { toastError } from '@/ui/toast';
import { useEstate, usePosts, usePostTitle } from './lookups';
import { RosterGrid } from './RosterGrid';
import { clock, thisMonday, weekOf } from './week';
import './roster.css';

export type Shift = Schema<'Shift'>;
export type RosterLine = Schema<'RosterLine'>;
export type Absence = Schema<'AbsenceView'>;

/** A person of the roster: a holder of a post in the estate. */
export interface Person {
  id: string;
  name: string;
  post: string;
}

/** What is painted: a shift, a day off, or nothing chosen. */
export type Brush = string | 'off' | null;

const ShiftForm = lazy(() => import('./ShiftForm'));

/** Who works when: one week, painted by click or key; absences stand in their days. */
export function RosterPage() {
  const can = useCan();
  const { estate, name, choice } = useEstate();
  const title = usePostTitle();
  const [monday, setMonday] = useState(thisMonday());
  const [post, setPost] = useState<string>('');
  const [brush, setBrush] = useState<Brush>(null);
  const [shiftForm, setShiftForm] = useState<Shift | 'new' | null>(null);
  const [printing, setPrinting] = useState(false);
  const days = useMemo(() => weekOf(monday), [monday]);
  const week = useWeek(estate, monday);
  const people = usePeople(estate, monday);
  const posts = usePosts();
  const edit = can('roster.edit');
  useEffect(() => {
    if (!printing) document.title = `${t('roster.title')} · ${base('product')}`;
  }, [printing]);

  // Posts in the order of the catalogue, only those somebody holds.
  const held = posts.filter((one) => people.data?.some((person) => person.post === one.code));
  const wanted = held.some((one) => one.code === post) ? post : '';
  const shown = (people.data ?? [])
    .filter((person) => !wanted || person.post === wanted)
    .sort(
      (a, b) =>
        held.findIndex((one) => one.code === a.post) - held.findIndex((one) => one.code === b.post),
    );
  const shifts = (week.shifts.data ?? []).filter((shift) => shift.active);

  async function paint(cells: Schema<'RosterCell'>[]) {
    try {
      await api.POST('/api/v1/roster', { body: { estate_id: estate, entries: cells } });
    } catch (error) {
      toastError(sayError(error));
    }
    await queryClient.invalidateQueries({ queryKey: ['org', 'roster', estate, monday] });
  }

  const grid = week.entries.data && (
    <RosterGrid
      days={days}
      people={shown}
      shifts={week.shifts.data ?? []}
      entries={week.entries.data}
      absences={week.absences.data ?? []}
      brush={edit && !printing ? brush : null}
      setBrush={setBrush}
      paint={edit && !printing ? paint : undefined}
    />
  );
  if (printing && grid) {
    return (
      <PrintFrame
        title={`${t('roster.title')} ${name} ${monday}`}
        paper="a4-landscape"
        onBack={() => setPrinting(false)}
      >
        <h1>
          {t('roster.paper', { estate: name })}
          {wanted && ` · ${title(wanted)}`}
        </h1>
        {grid}
        <Legend shifts={shifts} />
        <SignatureRow roles={[t('chart.made_by'), t('chart.approved_by')]} />
      </PrintFrame>
    );
  }
  return (
    <section className="org-page">
      <header className="org-head">
        <h1>{t('roster.title')}</h1>
        {choice}
        <Button
          icon={<LeftOutlined />}
          aria-label={t('roster.previous')}
          onClick={() => setMonday(addDays(monday, -7))}
        />
        <span className="num roster-week">
          {monday} – {days[6]}
        </span>
        <Button
          icon={<RightOutlined />}
          aria-label={t('roster.next')}
          onClick={() => setMonday(addDays(monday, 7))}
        />
        {held.length > 1 && (
          <select
            className="org-input"
            aria-label={t('posts.post')}
            value={wanted}
            onChange={(event) => setPost(event.target.value)}
          >
            <option value="">{t('roster.all')}</option>
            {held.map((one) => (
              <option key={one.code} value={one.code}>
                {title(one.code)}
              </option>
            ))}
          </select>
        )}
        {monday !== thisMonday() && (
          <Button onClick={() => setMonday(thisMonday())}>{t('roster.this_week')}</Button>
        )}
        <span className="org-spring" />
        {edit && <Button onClick={() => setShiftForm('new')}>{t('shift.new')}</Button>}
        <ExportButton
          path="/api/v1/shifts"
          name={t('shifts.what')}
          of={t('shifts.what')}
          query={{ estate_id: estate }}
        />
        <Button icon={<PrinterOutlined />} disabled={!grid} onClick={() => setPrinting(true)}>
          {t('chart.print')}
        </Button>
      </header>
      {edit && shifts.length > 0 && (
        <Brushes shifts={shifts} brush={brush} setBrush={setBrush} change={setShiftForm} />
      )}
      {estate === '' ? (
        <StateView icon="empty" title={t('chart.no_estate')} />
      ) : week.error || people.isError ? (
        <ErrorView
          error={week.error ?? people.error}
          retry={() => queryClient.invalidateQueries({ queryKey: ['org', 'roster'] })}
        />
      ) : !week.entries.data || people.isPending || week.shifts.isPending ? (
        <Skeleton lines={8} />
      ) : shown.length === 0 ? (
        <StateView icon="empty" title={t('roster.nobody')} hint={t('roster.nobody_hint')} />
      ) : (
        grid
      )}
      {week.shifts.data?.length === 0 && (
        <StateView icon="clock" title={t('shifts.none')} hint={t('shifts.none_hint')} />
      )}
      {!edit && shifts.length > 0 && <Legend shifts={shifts} />}
      <Suspense>
        {shiftForm && (
          <ShiftForm
            shift={shiftForm === 'new' ? undefined : shiftForm}
            estate={estate}
            close={() => setShiftForm(null)}
          />
        )}
      </Suspense>
    </section>
  );
}

function useWeek(estate: string, monday: string) {
  const on = estate !== '';
  const entries = useQuery({
    queryKey: ['org', 'roster', estate, monday],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/roster', {
          params: { query: { estate_id: estate, week: monday } },
          signal,
        }),
      ),
    select: (week) => week.entries,
    enabled: on,
    meta: { kinds: ['roster_entry'] },
  });
  const shifts = useQuery({
    queryKey: ['org', 'shifts', estate],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/shifts', { params: { query: { estate_id: estate } }, signal })),
    select: (page) => page.items,
    enabled: on,
    meta: { kinds: ['shift'] },
  });
  const absences = useQuery({
    queryKey: ['org', 'absences', estate, monday],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/absences', {
          params: {
            query: {
              estate_id: estate,
              from: `${monday}T00:00:00+08:00`,
              until: `${addDays(monday, 7)}T00:00:00+08:00`,
              limit: 200,
            },
          },
          signal,
        }),
      ),
    select: (page) =>
      page.items.filter((one) => one.state === 'approved' || one.state === 'planned'),
    enabled: on,
    meta: { kinds: ['absence'] },
  });
  return { entries, shifts, absences, error: entries.error ?? shifts.error };
}

/** Holders of posts in the estate that week, each once under the first post. */
function usePeople(estate: string, monday: string) {
  return useQuery({
    queryKey: ['org', 'roster', 'people', estate, monday],
    queryFn: async ({ signal }) => {
      const people: Person[] = [];
      let cursor: string | undefined;
      do {
        const page = await ok(
          api.GET('/api/v1/assignments', {
            params: {
              query: {
                estate_id: estate,
                in_force_from: monday,
                in_force_to: addDays(monday, 6),
                state: 'approved',
                limit: 200,
                ...(cursor ? { cursor } : {}),
              },
            },
            signal,
          }),
        );
        for (const row of page.items) {
          if (!people.some((one) => one.id === row.employee_id)) {
            people.push({ id: row.employee_id, name: row.employee_name, post: row.post });
          }
        }
        cursor = page.next_cursor ?? undefined;
      } while (cursor);
      return people;
    },
    enabled: estate !== '',
    meta: { kinds: ['assignment'] },
  });
}

/** The shifts to paint with, with their keys: 1 to 9, and 0 for a day off. */
function Brushes(props: {
  shifts: readonly Shift[];
  brush: Brush;
  setBrush: (brush: Brush) => void;
  change: (shift: Shift) => void;
}) {
  const { shifts, brush, setBrush, change } = props;
  const one = (value: string, label: string, key: string, time = '') => (
    <button
      key={value}
      type="button"
      className={brush === value ? 'org-chip on' : 'org-chip'}
      aria-pressed={brush === value}
      onClick={() => setBrush(brush === value ? null : value)}
    >
      {label} {time && <span className="roster-hours">{time} </span>}
      <kbd>{key}</kbd>
    </button>
  );
  return (
    <div className="roster-brushes" role="toolbar" aria-label={t('roster.brush')}>
      <span className="muted">{t('roster.brush')}</span>
      {shifts.slice(0, 9).map((shift, i) => one(shift.id, shift.name, String(i + 1), hours(shift)))}
      {one('off', t('roster.off'), '0')}
      <span className="muted roster-hint">{t('roster.keys')}</span>
      {brush && brush !== 'off' && (
        <Button
          type="link"
          size="small"
          onClick={() => {
            const shift = shifts.find((it) => it.id === brush);
            if (shift) change(shift);
          }}
        >
          {t('shift.change')}
        </Button>
      )}
    </div>
  );
}

/** `07:30–15:30`, with a mark when it ends the next day. */
export const hours = (shift: Shift) =>
  `${clock(shift.starts_minute)}–${clock(shift.ends_minute)}${
    shift.ends_minute <= shift.starts_minute ? t('shift.next_day') : ''
  }`;

function Legend({ shifts }: { shifts: readonly Shift[] }) {
  return (
    <p className="muted">
      {shifts.map((shift) => `${shift.code} ${shift.name} ${hours(shift)}`).join('　')}
    </p>
  );
}
