import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCan } from '@/access/can';
import { api, type Kind, ok, type Permission } from '@/api/client';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { Section } from '@/ui/record';
import { Skeleton } from '@/ui/StateView';
import { TimeText } from '@/ui/text';
import { StatePill } from './StatePill';
import './service_desk.css';

interface Line {
  id: string;
  href: string;
  what: string;
  no: string;
  text: string;
  at: string;
  state: ReactNode;
}

interface Source {
  kind: Kind;
  permission: Permission;
  /** The list of all of them. */
  list: string;
  label: string;
  latest: (signal: AbortSignal) => Promise<{ items: Line[]; total: number }>;
}

const LATEST = 5;
const page = { limit: LATEST, count: true } as const;

/** What the service desk has had to do with a house or a place: the latest of each, newest first. */
export function DeskOf(props: { house: string } | { place: string }) {
  const can = useCan();
  const sources = ('house' in props ? ofHouse(props.house) : ofPlace(props.place)).filter((one) =>
    can(one.permission),
  );
  const found = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['service_desk', 'of', source.kind, source.list],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.latest(signal),
      meta: { kinds: [source.kind] },
    })),
  });
  if (sources.length === 0) return null;
  const lines = found
    .flatMap((one) => one.data?.items ?? [])
    .sort((a, b) => b.at.localeCompare(a.at));
  return (
    <Section
      title={t('of.title')}
      extra={
        <span className="sd-of-all">
          {sources.map((source, i) => (
            <Anchor key={source.kind} href={source.list}>
              {source.label} {found[i]?.data?.total ?? ''}
            </Anchor>
          ))}
        </span>
      }
    >
      {found.some((one) => one.isPending) ? (
        <Skeleton lines={3} />
      ) : lines.length === 0 ? (
        <p className="muted">{t('of.none')}</p>
      ) : (
        <ul className="sd-of">
          {lines.map((line) => (
            <li key={line.id}>
              <TimeText value={line.at} />
              <Anchor href={line.href}>
                {line.what} {line.no}
              </Anchor>
              <span className="sd-of-text">{line.text}</span>
              {line.state}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function repairs(query: { house_id: string } | { place_id: string }): Source {
  return {
    kind: 'repair_request',
    permission: 'repair.read',
    list: `/repairs?${new URLSearchParams(query)}`,
    label: nav('nav.repairs'),
    latest: async (signal) => {
      const params = { query: { ...query, ...page } };
      const rows = await ok(api.GET('/api/v1/repair-requests', { params, signal }));
      return {
        total: rows.total ?? 0,
        items: rows.items.map((row) => ({
          id: row.id,
          href: `/repairs/${row.id}`,
          what: t('chain.request'),
          no: row.no,
          text: row.text,
          at: row.requested_at,
          state: (
            <StatePill
              group={row.order ? 'order_state' : 'request_state'}
              state={row.order?.state ?? row.state}
            />
          ),
        })),
      };
    },
  };
}

const ofPlace = (place_id: string): Source[] => [repairs({ place_id })];

const ofHouse = (house_id: string): Source[] => [
  repairs({ house_id }),
  {
    kind: 'case',
    permission: 'case.read',
    list: `/cases?house_id=${house_id}`,
    label: nav('nav.cases'),
    latest: async (signal) => {
      const params = { query: { house_id, ...page } };
      const rows = await ok(api.GET('/api/v1/cases', { params, signal }));
      return {
        total: rows.total ?? 0,
        items: rows.items.map((row) => ({
          id: row.id,
          href: `/cases/${row.id}`,
          what: t.code('case_kind', row.kind),
          no: row.no,
          text: row.text,
          at: row.received_at,
          state: <StatePill group="case_state" state={row.state} />,
        })),
      };
    },
  },
  {
    kind: 'visit',
    permission: 'visit.read',
    list: `/visits?house_id=${house_id}`,
    label: nav('nav.visits'),
    latest: async (signal) => {
      const params = { query: { house_id, ...page } };
      const rows = await ok(api.GET('/api/v1/visits', { params, signal }));
      return {
        total: rows.total ?? 0,
        items: rows.items.map((row) => ({
          id: row.id,
          href: `/visits/${row.id}`,
          what: t('chain.visit'),
          no: row.no,
          text: row.title,
          at: row.asked_at ?? row.due_at,
          state: <StatePill group="visit_state" state={row.state} />,
        })),
      };
    },
  },
  {
    kind: 'dispute',
    permission: 'dispute.read',
    list: `/disputes?house_id=${house_id}`,
    label: nav('nav.disputes'),
    latest: async (signal) => {
      const params = { query: { house_id, ...page } };
      const rows = await ok(api.GET('/api/v1/disputes', { params, signal }));
      return {
        total: rows.total ?? 0,
        items: rows.items.map((row) => ({
          id: row.id,
          href: `/disputes/${row.id}`,
          what: t('chain.dispute'),
          no: row.no,
          text: row.subject,
          at: row.opened_at,
          state: <StatePill group="dispute_state" state={row.state} />,
        })),
      };
    },
  },
];
