import type { ReactNode } from 'react';
import { t } from '@/locales/ui';
import { aside, formatTime, labelled } from '../format';

/** One entry of a record's trail, in words. */
export interface HistoryEntry {
  id: string;
  /** When it happened. */
  at: string;
  /** When it was keyed in, if later. */
  recorded_at?: string | null;
  who: ReactNode;
  acting_for?: string | null;
  what: ReactNode;
  reason?: string | null;
  /** What changed, as label and values in words. */
  changes?: readonly { label: string; from?: ReactNode; to?: ReactNode }[];
}

const LATE_MS = 5 * 60_000;

/** Who did what and when, newest first. */
export function History({ entries }: { entries: readonly HistoryEntry[] }) {
  if (entries.length === 0) return <p className="muted">{t('record.no_history')}</p>;
  return (
    <ol className="history">
      {entries.map((entry) => {
        const late =
          entry.recorded_at && Date.parse(entry.recorded_at) - Date.parse(entry.at) > LATE_MS;
        return (
          <li key={entry.id}>
            <time dateTime={entry.at}>{formatTime(entry.at)}</time>
            <div>
              <b>{entry.who}</b>
              {entry.acting_for && (
                <span className="muted">
                  {aside(t('record.acting_for', { name: entry.acting_for }))}
                </span>
              )}{' '}
              {entry.what}
            </div>
            {late && entry.recorded_at && (
              <div className="muted">
                {t('record.keyed_late', { time: formatTime(entry.recorded_at) })}
              </div>
            )}
            {entry.reason && (
              <div className="muted">{t('record.reason', { reason: entry.reason })}</div>
            )}
            {entry.changes?.map((change) => (
              <div key={change.label} className="muted">
                {labelled(change.label)}
                {change.from ?? '—'} → {change.to ?? '—'}
              </div>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
