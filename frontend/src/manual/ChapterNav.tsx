import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ok } from '@/api/client';
import { t } from '@/locales/manual';
import { Anchor } from '@/ui/Anchor';
import { useMedia } from '@/ui/hooks';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Pill } from '@/ui/text';
import { type Chapter, titleOf } from './words';

/** The chapters of the book; read once, they change with a version of the product only. */
export function useChapters() {
  return useQuery({
    queryKey: ['manual', 'chapters'],
    queryFn: ({ signal }) => ok(api.GET('/api/v1/manual/chapters', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The contents of the book: beside the clauses on a desk, folded above them on a phone. */
export function ChapterNav({ chosen }: { chosen: string | undefined }) {
  // As manual.css: where the contents stand above the clauses.
  const narrow = useMedia('(max-width: 1100px)');
  const chapters = useChapters();
  const [open, setOpen] = useState(!narrow);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a choice folds the contents away
  useEffect(() => setOpen(!narrow), [narrow, chosen]);
  if (chapters.isPending) return <Skeleton lines={12} />;
  if (chapters.isError)
    return <ErrorView error={chapters.error} retry={() => chapters.refetch()} />;
  const parts = [...new Set(chapters.data.map((chapter) => chapter.part))];
  return (
    <details
      className="manual-nav"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t('chapters')}</summary>
      <nav aria-label={t('chapters')}>
        <Anchor href="/manual" aria-current={chosen ? undefined : 'page'}>
          {t('chapters.all')}
        </Anchor>
        {parts.map((part) => (
          <section key={part}>
            <h3>{t.code('part', part)}</h3>
            <ul>
              {chapters.data
                .filter((chapter) => chapter.part === part)
                .map((chapter) => (
                  <li key={chapter.code}>
                    <Line chapter={chapter} current={chapter.code === chosen} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </nav>
    </details>
  );
}

function Line({ chapter, current }: { chapter: Chapter; current: boolean }) {
  const content = (
    <>
      <span className="manual-nav-title">{titleOf(chapter)}</span>
      {chapter.state !== 'present' && <Pill tone="warn">{t.code('state', chapter.state)}</Pill>}
      <span className="muted num">
        {chapter.open
          ? t('chapters.counts', { clauses: chapter.clauses + chapter.derived })
          : t('chapters.closed')}
      </span>
    </>
  );
  if (!chapter.open) return <span className="manual-nav-closed">{content}</span>;
  return (
    <Anchor href={`/manual?chapter=${chapter.code}`} aria-current={current ? 'page' : undefined}>
      {content}
    </Anchor>
  );
}
