import { lazy, Suspense, useEffect } from 'react';
import { isAtDesk, isManager, useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { t as b } from '@/locales/base';
import { t } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { timeOfDay } from '@/ui/format';
import { Skeleton, StateView } from '@/ui/StateView';
import { WorkList } from '@/workbench/WorkList';
import { groups, myEntries } from './menu';
import { Sign } from './Sign';

const GoalStrip = lazy(() => import('@/goals/GoalStrip').then((it) => ({ default: it.GoalStrip })));
const IntakeBox = lazy(() =>
  import('@/service_desk/repairs/IntakeBox').then((it) => ({ default: it.IntakeBox })),
);

/** By the estate's time of day, as all times are shown. */
const greeting = (time: string) =>
  time < '12:00' ? 'home.hello_morning' : time < '18:00' ? 'home.hello_noon' : 'home.hello_evening';

/**
 * The first screen, of the same pieces for every post: the box to take reports in where the
 * telephone rings, the goals first for managers, what waits, and every screen one may open.
 */
export function HomePage() {
  const me = useMe();
  const can = useCan();
  useEffect(() => {
    document.title = `${t('nav.workbench')} · ${b('product')}`;
  }, []);
  const leads = can('acting.confirm');
  const goals = leads && can('goal.read') && (
    <Suspense fallback={<Skeleton lines={3} />}>
      <GoalStrip />
    </Suspense>
  );
  const first = isManager();
  return (
    <section className="home">
      <h1>{t(greeting(timeOfDay(Date.now())), { name: me.employee?.name ?? me.username })}</h1>
      {isAtDesk() && can('repair.create') && (
        <Suspense fallback={<Skeleton lines={2} />}>
          <IntakeBox />
        </Suspense>
      )}
      {first && goals}
      {me.posts.length === 0 ? <FirstSteps /> : <WorkList />}
      {!first && goals}
      <Screens />
    </section>
  );
}

/** An account without a post: an administrator begins here, others ask. */
function FirstSteps() {
  const { is_administrator } = useMe();
  if (!is_administrator) return <StateView icon="empty" title={t('home.none')} />;
  return (
    <StateView
      icon="check"
      title={t('home.setup')}
      hint={t('home.setup_hint')}
      actions={
        <>
          <Anchor className="btn btn-primary" href="/org/employees">
            {t('home.setup_people')}
          </Anchor>
          <Anchor className="btn" href="/org/assignments">
            {t('home.setup_posts')}
          </Anchor>
          <Anchor className="btn" href="/org">
            {t('home.setup_chart')}
          </Anchor>
        </>
      }
    />
  );
}

/** Every screen this person may open, grouped as in the menu. */
function Screens() {
  const mine = myEntries().filter((entry) => entry.to !== '/');
  return (
    <details className="home-screens">
      <summary>{t('home.screens')}</summary>
      {groups.map((group) => {
        const inGroup = mine.filter((entry) => entry.group === group);
        return inGroup.length === 0 ? null : (
          <section key={group}>
            <h2>{t(`group.${group}`)}</h2>
            <div className="home-tiles">
              {inGroup.map((entry) => (
                <Anchor key={entry.to} href={entry.to}>
                  <Sign of={entry.icon} />
                  {entry.label()}
                </Anchor>
              ))}
            </div>
          </section>
        );
      })}
    </details>
  );
}
