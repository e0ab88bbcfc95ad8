import { lazy, Suspense, useEffect, useState } from 'react';
import { t as base } from '@/locales/base';
import { t } from '@/locales/briefings';
import { useEstate } from '@/org/lookups';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { DateText } from '@/ui/text';
import { Begin } from './Begin';
import { BriefingBody } from './BriefingBody';
import { useMorning } from './data';
import { GiveBriefing } from './GiveBriefing';
import { Hearing } from './Hearing';
import { MorningTabs } from './MorningTabs';
import { BriefingPill } from './words';
import './briefings.css';

const Paper = lazy(() => import('./Paper'));

/** This morning: what I report, then what I hear; on paper by one click. */
export function MorningPage() {
  const { estate, choice } = useEstate();
  const morning = useMorning(estate);
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    document.title = `${t('title')} · ${base('product')}`;
  }, []);
  const found = morning.data;
  const ids = [...(found?.to_hear ?? []), ...(found?.to_give ?? [])].map((one) => one.id);
  if (printing && found) {
    return (
      <Suspense fallback={<Skeleton />}>
        <Paper date={found.date} ids={ids} onBack={() => setPrinting(false)} />
      </Suspense>
    );
  }
  return (
    <section className="org-page">
      <header className="org-head">
        <h1>
          {t('title')} {found && <DateText value={found.date} />}
        </h1>
        {choice}
        {ids.length > 0 && (
          <button type="button" className="btn" onClick={() => setPrinting(true)}>
            {t('print')}
          </button>
        )}
      </header>
      <MorningTabs />
      {estate === '' ? (
        <StateView icon="empty" title={t('no_estate')} />
      ) : morning.isPending ? (
        <Skeleton lines={8} />
      ) : !found ? (
        <ErrorView error={morning.error} retry={() => morning.refetch()} />
      ) : (
        <>
          {ids.length === 0 && (
            <StateView icon="check" title={t('none_today')} hint={t('none_today_hint')} />
          )}
          {found.may_begin && <Begin estate={estate} />}
          {found.to_give.length > 0 && (
            <Section title={t('to_give')}>
              {found.to_give.map((it) =>
                it.actions.includes('report') ? (
                  <GiveBriefing key={it.id} it={it} />
                ) : (
                  <article key={it.id} className="briefing">
                    <BriefingPill of={it} />
                    <BriefingBody it={it} />
                  </article>
                ),
              )}
            </Section>
          )}
          {found.to_hear.length > 0 && (
            <Section title={t('to_hear')}>
              <Hearing briefings={found.to_hear} />
            </Section>
          )}
        </>
      )}
    </section>
  );
}
