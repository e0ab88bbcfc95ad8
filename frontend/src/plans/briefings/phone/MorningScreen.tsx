import { useMe } from '@/access/session';
import { t } from '@/locales/briefings';
import { remembered } from '@/offline/cache';
import { Card, Empty, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { Deadline } from '@/ui/text';
import { BriefingBody } from '../BriefingBody';
import { loadMorning, useMorning } from '../data';
import { GiveBriefing } from '../GiveBriefing';
import { BriefingPill, PointCount, Teller } from '../words';

/** My morning on the phone: what I report right here, what I hear on its page. */
export function MorningScreen() {
  const { estates } = useMe();
  return (
    <Screen title={t('title')} back="/m">
      {estates.length === 0 && <Empty title={t('no_estate')} />}
      {estates.map((one) => (
        <Estate key={one.id} id={one.id} {...(estates.length > 1 && { name: one.name })} />
      ))}
    </Screen>
  );
}

const useKeptMorning = (estate: string) =>
  useMorning(estate, (of, signal) => remembered(`morning ${of}`, () => loadMorning(of, signal)));

function Estate({ id, name }: { id: string; name?: string }) {
  const morning = useKeptMorning(id);
  const found = morning.data;
  const none = found && found.to_give.length + found.to_hear.length === 0;
  return (
    <section {...(name && { 'aria-label': name })}>
      {name && <h2>{name}</h2>}
      {morning.isPending && <Skeleton lines={4} />}
      {morning.isError && !found && (
        <ErrorView error={morning.error} retry={() => morning.refetch()} />
      )}
      {none && <Empty title={t('none_today')} hint={t('none_today_hint')} />}
      {found?.to_give.map((it) =>
        it.actions.includes('report') ? (
          <GiveBriefing key={it.id} it={it} />
        ) : (
          <article key={it.id} className="briefing">
            <BriefingPill of={it} />
            <BriefingBody it={it} />
          </article>
        ),
      )}
      {found && found.to_hear.length > 0 && <h2>{t('to_hear')}</h2>}
      {found?.to_hear.map((one) => (
        <Card
          key={one.id}
          to={`/mornings/${one.id}`}
          title={<Teller of={one} />}
          {...(one.missing && { tone: 'late' as const })}
          meta={
            <>
              <BriefingPill of={one} />
              <PointCount of={one} />
              {one.due_at && <Deadline due={one.due_at} done={one.reported_at ?? null} />}
            </>
          }
        />
      ))}
    </section>
  );
}
