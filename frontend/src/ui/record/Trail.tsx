import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, type Kind, ok, type Schema } from '@/api/client';
import { t } from '@/locales/ui';
import { aside } from '../format';
import { ErrorView, Skeleton } from '../StateView';
import { History, type HistoryEntry } from './History';

type Line = Schema<'TrailLine'>;

interface TrailProps {
  kind: Kind;
  id: string;
  /** The words of this kind of record; what they have no word for is not shown. */
  words: {
    action: (code: string) => string;
    state?: (code: string) => string;
    field?: (name: string) => string;
    /** A value as one reads it; an element where it names a record that must be asked for. */
    value?: (field: string, value: unknown) => ReactNode;
  };
}

/** The history of a record, read from the trail; reloads when the record changes. */
export function Trail({ kind, id, words }: TrailProps) {
  const trail = useQuery({
    queryKey: ['trail', kind, id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/trail', { params: { query: { kind, id } }, signal })),
    meta: { kinds: [kind] },
  });
  if (trail.isPending) return <Skeleton lines={3} />;
  if (trail.isError) return <ErrorView error={trail.error} retry={() => trail.refetch()} />;
  return <History entries={[...trail.data].reverse().map((line) => entry(line, words))} />;
}

function entry(line: Line, words: TrailProps['words']): HistoryEntry {
  const moved =
    words.state && line.to_state && line.from_state !== line.to_state
      ? aside(words.state(line.to_state))
      : '';
  return {
    id: line.id,
    at: line.occurred_at,
    recorded_at: line.recorded_at,
    who: line.employee_name ?? t('record.by_system'),
    acting_for: line.acting_for_name,
    what: `${words.action(line.action)}${moved}`,
    reason: line.reason,
    changes: changesOf(line.changes, words),
  };
}

function changesOf(changes: unknown, words: TrailProps['words']): HistoryEntry['changes'] {
  if (!words.field || typeof changes !== 'object' || changes === null) return [];
  return Object.entries(changes).flatMap(([field, values]) => {
    const label = words.field?.(field);
    if (!label || !Array.isArray(values)) return [];
    const say = (value: unknown) =>
      value === null || value === undefined
        ? undefined
        : (words.value?.(field, value) ?? String(value));
    return [{ label, from: say(values[0]), to: say(values[1]) }];
  });
}
