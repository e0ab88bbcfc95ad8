import { useState } from 'react';
import { t } from '@/locales/briefings';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { useShortcut } from '@/ui/shortcuts';
import { Deadline } from '@/ui/text';
import { type Briefing, useBriefing } from './data';
import { HearBriefing } from './HearBriefing';
import { BriefingPill, PointCount, Teller } from './words';

/** Those who report to me, one heard after the other; `n` and `p` go on and back. */
export function Hearing({ briefings }: { briefings: readonly Briefing[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const first = briefings.find((one) => one.state === 'reported') ?? briefings[0];
  const at = Math.max(
    0,
    briefings.findIndex((one) => one.id === (chosen ?? first?.id)),
  );
  const go = (step: number) => {
    const to = briefings[(at + step + briefings.length) % briefings.length];
    if (to) setChosen(to.id);
  };
  useShortcut({ keys: 'n', label: t('hear_next'), run: () => go(1) });
  useShortcut({ keys: 'p', label: t('hear_before'), run: () => go(-1) });
  const current = briefings[at];
  return (
    <div className="briefing-hearing">
      <ul className="briefing-pairs">
        {briefings.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              aria-current={one.id === current?.id ? 'true' : undefined}
              onClick={() => setChosen(one.id)}
            >
              <span>
                <Teller of={one} />
              </span>
              <span>
                <BriefingPill of={one} /> <PointCount of={one} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {current && <Chosen key={current.id} id={current.id} heard={() => go(1)} />}
    </div>
  );
}

function Chosen({ id, heard }: { id: string; heard: () => void }) {
  const found = useBriefing(id);
  if (found.isPending) return <Skeleton lines={6} />;
  if (found.isError) return <ErrorView error={found.error} retry={() => found.refetch()} />;
  const it = found.data;
  return (
    <article className="briefing">
      <header className="briefing-row">
        <h2>
          <Teller of={it} />
        </h2>
        <BriefingPill of={it} />
        {it.due_at && <Deadline due={it.due_at} done={it.reported_at ?? null} />}
      </header>
      <HearBriefing it={it} heard={heard} />
    </article>
  );
}
