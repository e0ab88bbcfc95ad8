import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { can } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/staff';
import { remembered } from '@/offline/cache';
import { queueStore } from '@/offline/queue';
import { formatTime } from '@/ui/format';
import { BigButton, Card, Empty, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { useStore } from '@/ui/store';
import { Pill } from '@/ui/text';
import { toneOf, whereIs } from '../pills';

type Repair = Schema<'RepairRequest'>;
type Case = Schema<'CaseView'>;

/** What became of what I reported; for those who lead, of what their people reported. */
export function ReportedScreen() {
  const me = useMe();
  const [night, setNight] = useState(false);
  const waiting = useStore(queueStore).items.filter(
    ({ path, refused }) =>
      refused === undefined && (path.endsWith('/repair-requests') || path.endsWith('/cases')),
  );
  const found = useQuery({
    queryKey: ['service_desk', 'reported', me.account_id, night],
    queryFn: ({ signal }) =>
      remembered(`reported ${night}`, async () => {
        const [repairs, cases] = await Promise.all([
          ok(
            api.GET('/api/v1/repair-requests', {
              params: { query: { limit: 30, ...(night && { night: true }) } },
              signal,
            }),
          ),
          night ? null : ok(api.GET('/api/v1/cases', { params: { query: { limit: 30 } }, signal })),
        ]);
        return { repairs: repairs.items, cases: cases?.items ?? [] };
      }),
    meta: { kinds: ['repair_request', 'work_order', 'case'] },
  });
  const lines = [
    ...(found.data?.repairs ?? []).map((it) => ({ at: it.requested_at, id: it.id, repair: it })),
    ...(found.data?.cases ?? []).map((it) => ({ at: it.received_at, id: it.id, case: it })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  const leads = can('acting.confirm');
  return (
    <Screen title={t('reported.title')} back="/m">
      {leads && (
        <BigButton aria-pressed={night} onClick={() => setNight(!night)}>
          {t('reported.night_only')}
          {night && ' ✓'}
        </BigButton>
      )}
      <div style={{ height: 12 }} />
      {waiting.map((entry) => (
        <Card
          key={entry.key}
          tone="warn"
          title={entry.label}
          meta={<Pill tone="warn">{t('reported.waiting')}</Pill>}
          to="/m/queue"
        />
      ))}
      {found.isPending && <Skeleton lines={4} />}
      {found.isError && <ErrorView error={found.error} retry={() => found.refetch()} />}
      {found.data && lines.length === 0 && waiting.length === 0 && (
        <Empty title={t('reported.none')} hint={t('reported.none_hint')} />
      )}
      {lines.map((line) =>
        'repair' in line ? (
          <RepairCard key={line.id} it={line.repair} by={leads} />
        ) : (
          <CaseCard key={line.id} it={line.case} />
        ),
      )}
    </Screen>
  );
}

function RepairCard({ it, by }: { it: Repair; by: boolean }) {
  return (
    <Card
      title={whereIs(it)}
      {...(it.overdue && { tone: 'late' as const })}
      meta={
        <>
          <Pill tone={toneOf(it.state)}>{t.code('request_state', it.state)}</Pill>
          <span className="num">{it.no}</span>
          <span className="num">{formatTime(it.requested_at)}</span>
        </>
      }
    >
      <p>{it.text}</p>
      {it.order && <p>{t('reported.technician', { name: it.order.technician_name })}</p>}
      {by && it.created_by_name && (
        <p className="muted">{t('reported.by', { name: it.created_by_name })}</p>
      )}
      {it.night && (
        <p>
          <Pill tone="accent">{t('reported.night')}</Pill>{' '}
          {it.night.handed_over_at
            ? t('reported.handed_over', { time: formatTime(it.night.handed_over_at) })
            : t('reported.hand_over', { time: formatTime(it.night.hand_over_at) })}
        </p>
      )}
    </Card>
  );
}

function CaseCard({ it }: { it: Case }) {
  return (
    <Card
      title={`${t.code('case_kind', it.kind)}${it.house_no ? ` ${it.house_no}` : ''}`}
      {...(it.overdue && { tone: 'late' as const })}
      meta={
        <>
          <Pill tone={toneOf(it.state)}>{t.code('case_state', it.state)}</Pill>
          <span className="num">{it.no}</span>
          <span className="num">{formatTime(it.received_at)}</span>
        </>
      }
    >
      <p>{it.text}</p>
    </Card>
  );
}
