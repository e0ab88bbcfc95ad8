import { useState } from 'react';
import { t } from '@/locales/work';
import { formatTime } from '@/ui/format';
import { Empty, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { sections } from '../kinds';
import { useMine, WorkCard } from './mine';

/** Everything that waits, by kind. */
export function WorkScreen() {
  const { work, items } = useMine();
  const [only, setOnly] = useState<string | null>(null);
  const kinds = [...new Set(items.map((item) => item.kind))];
  const shown = items.filter((item) => !only || item.kind === only);
  return (
    <Screen title={t('title')} back="/m">
      {work.isPending && <Skeleton lines={5} />}
      {work.isError && !work.data && <ErrorView error={work.error} retry={() => work.refetch()} />}
      {work.data && items.length === 0 && <Empty title={t('nothing')} hint={t('nothing_hint')} />}
      {work.data && items.length > 0 && (
        <p className="muted num">{t('as_of', { time: formatTime(work.data.as_of) })}</p>
      )}
      {kinds.length > 1 && (
        <div className="m-chips">
          <button type="button" aria-pressed={!only} onClick={() => setOnly(null)}>
            {t('filter.all')} {items.length}
          </button>
          {kinds.map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={only === kind}
              onClick={() => setOnly(kind)}
            >
              {t.code('kind', kind)} {items.filter((item) => item.kind === kind).length}
            </button>
          ))}
        </div>
      )}
      {sections(shown).map((section) => (
        <section key={section.key}>
          <h2>{t(`section.${section.key}`)}</h2>
          {section.items.map((item) => (
            <WorkCard key={`${item.kind} ${item.id}`} item={item} />
          ))}
        </section>
      ))}
    </Screen>
  );
}
