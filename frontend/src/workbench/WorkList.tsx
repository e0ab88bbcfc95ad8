import { useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { t } from '@/locales/workbench';
import { Anchor } from '@/ui/Anchor';
import { formatCount, formatTime } from '@/ui/format';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { useWork, type Work, type WorkItem } from './data';
import { once, placeOf, type Section, sections } from './kinds';
import './workbench.css';

/** Rows of a section shown at first: one screen of them. */
const FIRST = 12;

/** What waits for me: late first, each one tap from the page where it is acted on. */
export function WorkList() {
  const work = useWork();
  if (work.isPending) return <Skeleton lines={8} />;
  if (work.isError && !work.data) {
    return <ErrorView error={work.error} retry={() => work.refetch()} />;
  }
  return <Loaded work={work.data} />;
}

function Loaded({ work }: { work: Work }) {
  const { only } = useSearch({ strict: false }) as { only?: string };
  const all = once(work.items);
  const shown = chosen(work, all, only);
  const counted = work.counts.find((one) => one.kind === only);
  return (
    <section className="work" aria-label={t('title')}>
      <header className="work-head">
        <h2>{t('title')}</h2>
        <span className="muted num">{t('as_of', { time: formatTime(work.as_of) })}</span>
      </header>
      {work.items.length > 0 && <Kinds work={work} all={all} only={only} />}
      {work.items.length === 0 ? (
        <StateView icon="check" title={t('nothing')} hint={t('nothing_hint')} />
      ) : shown.length === 0 ? (
        <StateView icon="check" title={t('nothing_kind')} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: ↑ ↓ move between the links inside
        <div onKeyDown={moveByKey}>
          {sections(shown).map((section) => (
            <Group key={`${only} ${section.key}`} section={section} />
          ))}
        </div>
      )}
      {counted && counted.count > shown.length && (
        <p className="muted">
          {t('shown_of', {
            kind: t.code('kind', counted.kind),
            count: formatCount(counted.count),
            n: shown.length,
          })}
        </p>
      )}
    </section>
  );
}

function chosen(work: Work, all: WorkItem[], only: string | undefined): WorkItem[] {
  if (!only) return all;
  if (only === 'late') return all.filter((item) => item.overdue);
  return work.items.filter((item) => item.kind === only);
}

/** The kinds as chips with their counts; what is late of them in red and in words. */
function Kinds(props: { work: Work; all: readonly WorkItem[]; only: string | undefined }) {
  const { work, all, only } = props;
  const late = all.filter((item) => item.overdue).length;
  return (
    <nav className="work-kinds" aria-label={t('filter')}>
      <Chip href="/" on={!only} label={t('filter.all')} count={all.length} />
      {late > 0 && (
        <Chip href="/?only=late" on={only === 'late'} label={t('filter.late')} count={late} late />
      )}
      {work.counts.map(({ kind, count, overdue }) => (
        <Chip
          key={kind}
          href={`/?only=${kind}`}
          on={only === kind}
          label={t.code('kind', kind)}
          count={count}
          {...(overdue > 0 && { note: t('late_n', { n: overdue }) })}
        />
      ))}
    </nav>
  );
}

interface ChipProps {
  href: string;
  on: boolean;
  label: string;
  count: number;
  late?: boolean;
  note?: string;
}

function Chip({ href, on, label, count, late, note }: ChipProps) {
  return (
    <Anchor
      href={href}
      className={`work-kind${on ? ' on' : ''}${late ? ' late' : ''}`}
      aria-current={on ? 'true' : undefined}
    >
      {label} <b className="num">{formatCount(count)}</b>
      {note && <small className="num">{note}</small>}
    </Anchor>
  );
}

function Group({ section }: { section: Section }) {
  const [limit, setLimit] = useState(FIRST);
  const rest = section.items.length - limit;
  return (
    <section className={`work-section work-${section.key}`}>
      <h3>
        {t(`section.${section.key}`)} <span className="num">{section.items.length}</span>
      </h3>
      <ul>
        {section.items.slice(0, limit).map((item) => (
          <Row key={`${item.kind} ${item.id}`} item={item} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="btn btn-plain" onClick={() => setLimit(limit + 50)}>
          {t('more', { n: Math.min(rest, 50) })}
        </button>
      )}
    </section>
  );
}

function Row({ item }: { item: WorkItem }) {
  const where = [item.no, item.where].filter(Boolean).join(' · ');
  return (
    <li className={item.overdue ? 'late' : undefined}>
      <Anchor href={placeOf(item)} data-work={item.id}>
        <span className="work-kind-word">{t.code('kind', item.kind)}</span>
        <span className="work-what">
          <b>{item.title}</b>
          {where && <small className="muted">{where}</small>}
        </span>
        <span className="work-due">
          <UrgencyWord urgency={item.urgency} />
          {item.due_at ? (
            <Deadline due={item.due_at} />
          ) : (
            <span className="muted">
              <TimeText value={item.since} relative />
            </span>
          )}
        </span>
        <span className="work-act">{t.code('act', item.kind)}</span>
      </Anchor>
    </li>
  );
}

export function UrgencyWord({ urgency }: { urgency: string | null | undefined }) {
  if (urgency !== 'high' && urgency !== 'urgent' && urgency !== 'emergency') return null;
  return <Pill tone={urgency === 'emergency' ? 'late' : 'warn'}>{t(urgency)}</Pill>;
}

/** ↑ ↓ go from row to row; Enter follows the link by itself. */
function moveByKey(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-work]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at + step];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
