import { useSearch } from '@tanstack/react-router';
import { api, ok } from '@/api/client';
import { capabilities, t } from '@/locales/manual';
import { usePosts, usePostTitle } from '@/org/lookups';
import { either } from '@/ui/format';
import { ListPage } from '@/ui/list';
import { Pill } from '@/ui/text';
import { ChapterNav, useChapters } from './ChapterNav';
import {
  boundOf,
  type Chapter,
  type Clause,
  dueOf,
  receiverOf,
  recordOf,
  textOf,
  titleOf,
} from './words';
import './manual.css';

const FREQUENCIES = ['standing', 'event', 'shift', 'daily', 'weekly', 'monthly', 'annual'];
const ORIGINS = ['source', 'derived', 'repeats'];
const CAN = ['full', 'assist', 'none'];

const choices = (group: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: t.code(group, value) }));

/** The manual as one reads it: contents on the side, clauses in their order, found by any word. */
export function ManualPage() {
  const { chapter } = useSearch({ from: '/_app/manual/' });
  const chapters = useChapters().data ?? [];
  const title = usePostTitle();
  const posts = usePosts().filter((post) => !post.is_external);
  const shown = chapters.find((one) => one.code === chapter);
  return (
    <div className="manual">
      <ChapterNav chosen={chapter} />
      <ListPage<Clause>
        name="manual.clauses"
        title={shown ? titleOf(shown) : t('title')}
        kinds={[]}
        fetch={(query, signal) =>
          ok(api.GET('/api/v1/manual/clauses', { params: { query }, signal }))
        }
        rowKey={(clause) => clause.id}
        href={(clause) => `/manual/clauses/${clause.id}`}
        searchHint={t('search')}
        exportPath="/api/v1/manual/clauses"
        columns={[
          { key: 'id', title: t('field.clause'), render: (clause) => clause.id, width: 150 },
          {
            key: 'text',
            title: t('field.text'),
            render: (clause) => <span className="manual-text">{textOf(clause)}</span>,
            wrap: true,
            card: 'title',
          },
          {
            key: 'posts',
            title: t('field.posts'),
            render: (clause) => boundOf(clause, title),
            wrap: true,
            width: 160,
          },
          {
            key: 'frequency',
            title: t('field.frequency'),
            render: (clause) => <Frequency clause={clause} />,
            width: 170,
            wrap: true,
          },
          {
            key: 'to',
            title: t('field.to'),
            render: receiverOf,
            wrap: true,
            width: 150,
          },
          { key: 'record', title: t('field.record'), render: recordOf, wrap: true, width: 150 },
          {
            key: 'origin',
            title: t('field.origin'),
            render: (clause) => <Origin clause={clause} />,
            card: 'side',
            width: 120,
          },
          {
            key: 'capability',
            title: t('field.capability'),
            render: (clause) => t.code('capability', clause.capability),
            hidden: true,
          },
          {
            key: 'can',
            title: t('field.can'),
            render: (clause) => t.code('can', clause.can),
            hidden: true,
          },
        ]}
        filters={[
          {
            key: 'chapter',
            label: t('field.chapter'),
            kind: 'choice',
            options: chapters
              .filter(isOpen)
              .map((one) => ({ value: one.code, label: titleOf(one) })),
          },
          {
            key: 'post',
            label: t('field.post'),
            kind: 'choice',
            options: posts.map((post) => ({
              value: post.code,
              label: either(post.title_zh, post.title_en),
            })),
          },
          {
            key: 'frequency',
            label: t('field.frequency'),
            kind: 'choice',
            options: choices('frequency', FREQUENCIES),
          },
          {
            key: 'capability',
            label: t('field.capability'),
            kind: 'choice',
            options: choices('capability', capabilities),
          },
          {
            key: 'origin',
            label: t('field.origin'),
            kind: 'choice',
            options: choices('origin', ORIGINS),
          },
          { key: 'can', label: t('field.can'), kind: 'choice', options: choices('can', CAN) },
        ]}
        above={shown && <About chapter={shown} all={chapters} />}
        empty={{ title: t('none'), hint: t('none_hint') }}
      />
    </div>
  );
}

const isOpen = (chapter: Chapter) => chapter.open;

function Frequency({ clause }: { clause: Clause }) {
  const due = dueOf(clause);
  return (
    <>
      {t.code('frequency', clause.frequency)}
      {due && <span className="muted manual-due">{due}</span>}
    </>
  );
}

function Origin({ clause }: { clause: Clause }) {
  return (
    <Pill tone={clause.origin === 'source' ? 'plain' : 'warn'}>
      {t.code('origin', clause.origin)}
    </Pill>
  );
}

/** What became of a chapter's text: page, state, and what it copies or lacks. */
function About({ chapter, all }: { chapter: Chapter; all: readonly Chapter[] }) {
  const copied = all.find((one) => one.code === chapter.copies);
  return (
    <p className="manual-about">
      {chapter.page && <span>{t('chapters.page', { n: chapter.page })}</span>}
      <Pill tone={chapter.state === 'present' ? 'ok' : 'warn'}>
        {t.code('state', chapter.state)}
      </Pill>
      {copied && <span>{t('chapters.copies', { title: titleOf(copied) })}</span>}
      {chapter.clauses > 0 && <span>{t('chapters.counts', { clauses: chapter.clauses })}</span>}
      {chapter.derived > 0 && <span>{t('chapters.derived', { n: chapter.derived })}</span>}
    </p>
  );
}
