import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import type { Schema } from '@/api/client';
import { t } from '@/locales/plans';
import { t as trail } from '@/locales/trail';
import { t as ui } from '@/locales/ui';
import { usePostTitle } from '@/org/lookups';
import { Told } from '@/org/tasks/Told';
import { pageOf } from '@/shell/places';
import { Anchor } from '@/ui/Anchor';
import { aside, formatTime, listed } from '@/ui/format';
import { Table } from '@/ui/list';
import { type RecordAction, RecordPage, Section, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { TimeText } from '@/ui/text';
import { Clauses } from './Clauses';
import { DUTY_KINDS, loadDuty } from './data';
import { type DutyDetail, decides, isUndecided, owes, turnOrRecord } from './duty';
import { Notes } from './Notes';
import { Turn } from './Turn';
import { useDutyActions, useWaits } from './useDutyActions';
import { Whose } from './Whose';
import { DutyDue, evidenceText, OptionalPill, StatusPill, said } from './words';
import './duties.css';

const NewNote = lazy(() => import('./NewNote'));

/** One duty: until when, what proves it, and what becomes of it where it was missed. */
export function DutyPage({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['plans', 'duty', id],
    queryFn: ({ signal }) => loadDuty(id, signal),
    meta: { kinds: DUTY_KINDS },
  });
  if (found.isPending) return <Skeleton />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  return <Loaded it={found.data} />;
}

function Loaded({ it }: { it: DutyDetail }) {
  const can = useCan();
  const title = usePostTitle();
  const waits = useWaits();
  const { next, others, forms } = useActions(it);
  return (
    <>
      <RecordPage
        eyebrow={`${t('name')} · ${turnOrRecord(it)}`}
        title={said(it.name)}
        state={
          <>
            <StatusPill status={it.status} /> <OptionalPill optional={it.optional} />{' '}
            <Told posts={it.escalated_to} />
          </>
        }
        backTo="/duties/list"
        {...(next && { next })}
        others={others}
        facts={[
          { label: t('due'), value: <DutyDue duty={it} /> },
          { label: t('whose'), value: <Whose duty={it} /> },
          { label: t('evidence'), value: evidenceText(it) },
          ...(it.record ? [{ label: t('record'), value: <Turn duty={it} /> }] : []),
          {
            label: t('cadence'),
            value: it.cadence ? t.code('cadence', it.cadence) : t('by_fact'),
          },
          { label: t('opens_at'), value: <TimeText value={it.opens_at} /> },
          ...(it.done_at ? [{ label: t('done_at'), value: <TimeText value={it.done_at} /> }] : []),
          { label: t('clauses'), value: <Clauses ids={it.clauses} /> },
          ...decidersOf(it, title),
        ]}
        side={
          can('trail.read')
            ? [
                {
                  key: 'history',
                  label: ui('record.history'),
                  content: <Trail kind="obligation" id={it.id} words={WORDS} />,
                },
              ]
            : []
        }
      >
        {isUndecided(it) && !next && <p className="notice">{waits(it)}</p>}
        {it.explanation && (
          <Section title={t('explanation')}>
            <p className="duty-text">{it.explanation}</p>
          </Section>
        )}
        {it.remark && (
          <Section title={t('remark')}>
            <p className="duty-text">{it.remark}</p>
            <p className="muted">
              {t('decided', {
                name: it.decided_by_name ?? '—',
                time: formatTime(it.decided_at),
              })}
            </p>
          </Section>
        )}
        <Facts facts={it.facts} />
        <Notes duty={it.id} />
      </RecordPage>
      {forms}
    </>
  );
}

const WORDS = {
  action: (code: string) => trail.code('action', code),
  state: (code: string) => t.code('status', code),
  field: (name: string) => (name === 'found' ? t('found') : ''),
};

/** Who may decide on it, and the posts by which the way led there. */
function decidersOf(it: DutyDetail, title: (code: string) => string) {
  const whom = it.decided_by_whom;
  if (!whom) return [];
  const names = whom.deciders.map((one) => `${one.name}${aside(title(one.post))}`);
  return [
    {
      label: t('decides'),
      value: (
        <>
          {listed(names) || '—'}
          {whom.path.length > 1 && (
            <div className="muted">{whom.path.map((step) => title(step.post)).join(' → ')}</div>
          )}
        </>
      ),
    },
  ];
}

/** The records that were counted, each leading to its page where it has one. */
function Facts({ facts }: { facts: readonly Schema<'EvidenceView'>[] }) {
  return (
    <Section title={t('facts.title')}>
      {facts.length === 0 ? (
        <p className="muted">{t('facts.none')}</p>
      ) : (
        <Table
          items={facts}
          rowKey={(fact) => `${fact.subject.id} ${fact.action}`}
          columns={[
            {
              key: 'record',
              title: t('facts.record'),
              render: ({ subject }) => {
                const word = trail.code('kind', subject.kind);
                const page = pageOf(subject.kind, subject.id);
                return page ? <Anchor href={page}>{word}</Anchor> : word;
              },
              card: 'title',
            },
            {
              key: 'action',
              title: t('facts.action'),
              render: (fact) => trail.code('action', fact.action),
            },
            {
              key: 'occurred',
              title: t('facts.occurred'),
              render: (fact) => <TimeText value={fact.occurred_at} />,
            },
            {
              key: 'recorded',
              title: t('facts.recorded'),
              render: (fact) => <TimeText value={fact.recorded_at} />,
            },
            {
              key: 'by',
              title: t('facts.by'),
              render: ({ by_name: name, acting_for_name: whom }) =>
                whom ? t('facts.for', { name: name ?? '—', whom }) : (name ?? '—'),
            },
          ]}
        />
      )}
    </Section>
  );
}

function useActions(it: DutyDetail) {
  const can = useCan();
  const me = useMe();
  const [noting, setNoting] = useState(false);
  const { explain, decide, window } = useDutyActions();
  const own = owes(it, me.posts);
  const open = isUndecided(it);

  const explaining: RecordAction & { hint: string } = {
    key: 'explain',
    label: t(it.status === 'explained' ? 'explain_again' : 'explain'),
    hint: t('explain_hint'),
    onClick: () => explain(it),
  };
  const confirming: RecordAction & { hint: string } = {
    key: 'confirm',
    label: t('confirm'),
    hint: t('decide_hint'),
    onClick: () => decide(it, 'confirm'),
  };
  const buttons = [
    ...(open && can('duty.explain') && own ? [explaining] : []),
    ...(open && can('duty.decide') && decides(it, me.employee?.id)
      ? [confirming, { key: 'waive', label: t('waive'), onClick: () => decide(it, 'waive') }]
      : []),
  ];
  const [next, ...others] = buttons;
  // A note is about a person, and never about oneself.
  const of = it.assignment && it.employee && it.employee !== me.employee?.id ? it.assignment : null;
  const forms = (
    <>
      {window}
      <Suspense>
        {noting && of && <NewNote duty={it} assignment={of} close={() => setNoting(false)} />}
      </Suspense>
    </>
  );
  const note = { key: 'note', label: t('notes.new'), onClick: () => setNoting(true) };
  return { next, others: can('duty.decide') && of ? [...others, note] : others, forms };
}
