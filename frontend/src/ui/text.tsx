import type { ReactNode } from 'react';
import { lang } from '@/locales/lang';
import { t } from '@/locales/words';
import { addDays, aside, formatDate, formatFen, formatRelative, formatTime } from './format';

/** A business date or the date of an instant. */
export function DateText({ value }: { value: string | null | undefined }) {
  if (!value) return <span className="muted">—</span>;
  return (
    <time className="num" dateTime={value}>
      {formatDate(value)}
    </time>
  );
}

/** `[from, until)` shown inclusive, as people read it. */
export function Days(props: { from: string; until?: string | null | undefined }) {
  return (
    <span>
      <DateText value={props.from} /> {t('days.to')}{' '}
      {props.until ? <DateText value={addDays(props.until, -1)} /> : t('days.open_end')}
    </span>
  );
}

/** An instant; `relative` adds how long ago or ahead, beside the absolute time. */
export function TimeText(props: { value: string | null | undefined; relative?: boolean }) {
  const { value, relative } = props;
  if (!value) return <span className="muted">—</span>;
  return (
    <time className="num" dateTime={value}>
      {formatTime(value)}
      {relative && <span className="muted"> · {formatRelative(value)}</span>}
    </time>
  );
}

/** An amount in yuan from fen, tabular and right-aligned in tables (`align: 'right'`). */
export function Money({ fen, sign }: { fen: number | null | undefined; sign?: boolean }) {
  if (fen === null || fen === undefined) return <span className="muted">—</span>;
  return (
    <span className="num">
      {sign && '¥ '}
      {formatFen(fen)}
    </span>
  );
}

interface Responsible {
  name?: string | null;
  post_zh?: string | null;
  post_en?: string | null;
  /** For whom this person stands in at present. */
  acting_for?: string | null;
}

/** Who is responsible: person and post together, and for whom they act. */
export function ResponsibleText({ who }: { who: Responsible | null | undefined }) {
  const post = (lang() === 'en' ? who?.post_en : who?.post_zh) ?? '';
  if (!who?.name && !post) return <span className="muted">{t('who.none')}</span>;
  return (
    <span>
      {who?.name}
      {post && <span className="muted"> {post}</span>}
      {who?.acting_for && (
        <span className="muted">{aside(t('record.acting_for', { name: who.acting_for }))}</span>
      )}
    </span>
  );
}

export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'late';

/** A state as a word on a tint: colour never speaks alone. */
export function Pill({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`pill pill-${tone}`}>{children}</span>;
}

interface DeadlineProps {
  due: string | null | undefined;
  /** When the work was done, if it was. */
  done?: string | null;
  now?: number;
}

/** A deadline with its word: in time, due soon (a day ahead), overdue, done late. */
export function Deadline({ due, done, now = Date.now() }: DeadlineProps) {
  if (!due) return <span className="muted">—</span>;
  const at = new Date(due.length === 10 ? `${due}T23:59:59+08:00` : due).getTime();
  const text = due.length === 10 ? formatDate(due) : formatTime(due);
  if (done) {
    const late = new Date(done).getTime() > at;
    return (
      <span className="num">
        {text} {late && <Pill tone="warn">{t('record.done_late')}</Pill>}
      </span>
    );
  }
  const left = at - now;
  const [tone, word]: [Tone, string] =
    left < 0
      ? ['late', t('record.overdue')]
      : left < 86_400_000
        ? ['warn', t('record.due_soon')]
        : ['plain', ''];
  return (
    <span className="num">
      {text} {word && <Pill tone={tone}>{word}</Pill>}
    </span>
  );
}
