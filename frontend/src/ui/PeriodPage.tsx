import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Kind } from '@/api/client';
import { type Period, usePeriod } from './Period';
import { ErrorView, Skeleton, StateView } from './StateView';

interface PeriodPageProps<Statistics> {
  title: string;
  /** The tabs of the pages that this one stands among. */
  tabs?: ReactNode;
  /** Names what is asked for, for keeping it. */
  name: readonly string[];
  kinds: readonly Kind[];
  fetch: (period: Period, signal: AbortSignal) => Promise<Statistics>;
  isEmpty: (of: Statistics) => boolean;
  /** Said when there is nothing to count in the period. */
  none: { title: string; hint: string };
  /** What else is chosen beside the period; [name] then tells it too. */
  more?: ReactNode;
  /** What can be done with the period, beside its choice. */
  acts?: (period: Period) => ReactNode;
  children: (of: Statistics, period: Period) => ReactNode;
}

/** Figures of a period that is chosen above them; the ones before stay until the new ones are there. */
export function PeriodPage<Statistics>(props: PeriodPageProps<Statistics>) {
  const { title, tabs, name, kinds, fetch, isEmpty, none, more, acts, children } = props;
  const [period, bar] = usePeriod(more);
  const found = useQuery({
    queryKey: [...name, period],
    queryFn: ({ signal }) => fetch(period, signal),
    placeholderData: (before) => before,
    meta: { kinds },
  });
  const empty = found.data !== undefined && isEmpty(found.data);
  return (
    <section>
      <h1>{title}</h1>
      {tabs}
      <div className="period-acts">
        {bar}
        {acts?.(period)}
      </div>
      {found.isPending && <Skeleton />}
      {found.isError && <ErrorView error={found.error} retry={() => found.refetch()} />}
      {empty && <StateView icon="empty" title={none.title} hint={none.hint} />}
      {found.data !== undefined && !empty && children(found.data, period)}
    </section>
  );
}
