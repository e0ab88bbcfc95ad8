import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { t } from '@/locales/briefings';
import { t as trail } from '@/locales/trail';
import { t as ui } from '@/locales/ui';
import { usePostTitle } from '@/org/posts';
import { formatDate } from '@/ui/format';
import { LateNotes, RecordPage, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline, TimeText } from '@/ui/text';
import { type Detail, useBriefing } from './data';
import { GiveBriefing } from './GiveBriefing';
import { HearBriefing } from './HearBriefing';
import { BriefingPill, Teller } from './words';

const Paper = lazy(() => import('./Paper'));

/** One briefing: what it says, what became of it, and what the reader may do with it. */
export function BriefingPage({ id }: { id: string }) {
  const found = useBriefing(id);
  const [printing, setPrinting] = useState(false);
  if (found.isPending) return <Skeleton />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  if (printing) {
    return (
      <Suspense fallback={<Skeleton />}>
        <Paper date={found.data.date} ids={[id]} onBack={() => setPrinting(false)} />
      </Suspense>
    );
  }
  return <Loaded it={found.data} print={() => setPrinting(true)} />;
}

const WORDS = {
  action: (code: string) => trail.code('action', code),
  state: (code: string) => t.code('state', code),
  field: (name: string) => (name === 'remarks' ? t('remarks') : ''),
};

function Loaded({ it, print }: { it: Detail; print: () => void }) {
  const can = useCan();
  const title = usePostTitle();
  return (
    <RecordPage
      eyebrow={t('title')}
      title={`${formatDate(it.date)} ${it.employee_name ?? title(it.from_post)}`}
      state={<BriefingPill of={it} />}
      backTo="/mornings/log"
      others={[{ key: 'print', label: t('print'), onClick: print }]}
      facts={[
        { label: t('from'), value: <Teller of={it} /> },
        { label: t('to_post'), value: title(it.to_post) },
        ...(it.due_at
          ? [{ label: t('due'), value: <Deadline due={it.due_at} done={it.reported_at ?? null} /> }]
          : []),
        {
          label: t('reported_at'),
          value: (
            <>
              {it.reported_by_name} <TimeText value={it.reported_at} />
            </>
          ),
        },
        {
          label: t('heard_at'),
          value: (
            <>
              {it.heard_by_name} <TimeText value={it.heard_at} />
            </>
          ),
        },
      ]}
      side={
        can('trail.read')
          ? [
              {
                key: 'history',
                label: ui('record.history'),
                content: <Trail kind="briefing" id={it.id} words={WORDS} />,
              },
            ]
          : []
      }
    >
      {it.actions.includes('report') ? <GiveBriefing it={it} /> : <HearBriefing it={it} />}
      <LateNotes notes={it.late_notes} />
    </RecordPage>
  );
}
