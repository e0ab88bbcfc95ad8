import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok } from '@/api/client';
import { t } from '@/locales/goals';
import { ListPage } from '@/ui/list';
import { Pill, TimeText } from '@/ui/text';
import { type GoalSet, useNames } from './data';

const NewSet = lazy(() => import('./NewSet'));

/** The goal sheets of every year, with the draft of a new one. */
export function SetsPage() {
  const { estates } = useMe();
  const can = useCan();
  const [making, setMaking] = useState(false);
  const [people, setPeople] = useState<(string | null | undefined)[]>([]);
  const name = useNames(people);
  const place = (set: GoalSet) => estates.find((one) => one.id === set.estate_id)?.name ?? '—';
  return (
    <>
      <ListPage<GoalSet>
        name="goals.sets"
        title={t('sets.title')}
        kinds={['goal_set']}
        fetch={async ({ year, ...query }, signal) => {
          const page = await ok(
            api.GET('/api/v1/goal-sets', {
              params: { query: { ...query, ...(year ? { year: Number(year) } : {}) } },
              signal,
            }),
          );
          setPeople((before) => [
            ...new Set([
              ...before,
              ...page.items.flatMap((set) => [set.drafted_by, set.approved_by]),
            ]),
          ]);
          return page;
        }}
        rowKey={(set) => set.id}
        href={(set) => `/goals/sets/${set.id}`}
        exportPath="/api/v1/goal-sets"
        columns={[
          {
            key: 'year',
            title: t('year'),
            render: (set) => <b className="num">{set.year}</b>,
            card: 'title',
            sort: 'year',
            width: 100,
          },
          { key: 'estate', title: t('estate'), render: place },
          {
            key: 'state',
            title: t('set.state'),
            render: (set) => <SetPill set={set} />,
            card: 'side',
          },
          {
            key: 'drafted',
            title: t('set.drafted_by'),
            render: (set) => name(set.drafted_by) || '—',
          },
          {
            key: 'approved',
            title: t('set.approved_by'),
            render: (set) => name(set.approved_by) || '—',
          },
          {
            key: 'approved_at',
            title: t('set.approved_at'),
            render: (set) => <TimeText value={set.approved_at} />,
          },
          {
            key: 'frozen_at',
            title: t('set.frozen_at'),
            render: (set) => <TimeText value={set.frozen_at} />,
            hidden: true,
          },
        ]}
        filters={[
          { key: 'year', label: t('year'), kind: 'text' },
          ...(estates.length > 1
            ? [
                {
                  key: 'estate_id',
                  label: t('estate'),
                  kind: 'choice' as const,
                  options: estates.map((one) => ({ value: one.id, label: one.name })),
                },
              ]
            : []),
        ]}
        actions={
          can('goal.edit') && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('sets.new')}
            </Button>
          )
        }
        empty={{ title: t('sets.none'), hint: t('sets.none_hint') }}
      />
      <Suspense>{making && <NewSet close={() => setMaking(false)} />}</Suspense>
    </>
  );
}

export function SetPill({ set }: { set: Pick<GoalSet, 'state'> }) {
  const tone = {
    draft: 'warn',
    approved: 'accent',
    active: 'ok',
    measured: 'accent',
    frozen: 'plain',
  } as const;
  return <Pill tone={tone[set.state]}>{t.code('set_state', set.state)}</Pill>;
}
