import { useCan } from '@/access/can';
import { t } from '@/locales/work';
import { remembered } from '@/offline/cache';
import { Card } from '@/ui/phone';
import { Deadline, Pill } from '@/ui/text';
import { loadWork, useWork, type WorkItem, type WorkKind } from '../data';
import { once, placeOf } from '../kinds';
import { canDecide } from './decidable';

/** What waits, as the phone keeps it; orders and tasks to do have cards of their own. */
export function useMine() {
  const can = useCan();
  const work = useWork((signal) => remembered('workbench', () => loadWork(signal)));
  const items = work.data?.items ?? [];
  const carded = new Set<WorkKind>([
    ...(can('order.work') ? (['my_orders'] as const) : []),
    ...(can('task.do') ? (['my_tasks'] as const) : []),
  ]);
  const others = items.filter((item) => !carded.has(item.kind));
  return { work, items: once(others), all: items.length };
}

/** Decisions, orders and tasks have pages for the phone; the rest is done on the record's own page. */
function phonePlace(item: WorkItem): string {
  if (canDecide(item.kind)) return `/m/decide/${item.kind}/${item.id}`;
  if (item.kind === 'my_orders') return `/m/orders/${item.id}`;
  if (item.kind === 'my_tasks') return `/m/tasks/${item.id}`;
  if (item.kind === 'briefing_to_give' || item.kind === 'briefings_to_hear') return '/m/morning';
  return placeOf(item);
}

export function WorkCard({ item }: { item: WorkItem }) {
  return (
    <Card
      to={phonePlace(item)}
      title={item.title}
      {...(item.overdue && { tone: 'late' as const })}
      meta={
        <>
          <Pill tone="accent">{t.code('kind', item.kind)}</Pill>
          {(item.urgency === 'high' ||
            item.urgency === 'urgent' ||
            item.urgency === 'emergency') && (
            <Pill tone={item.urgency === 'emergency' ? 'late' : 'warn'}>{t(item.urgency)}</Pill>
          )}
          <span>{[item.no, item.where].filter(Boolean).join(' · ')}</span>
          {item.due_at && <Deadline due={item.due_at} />}
        </>
      }
    />
  );
}
