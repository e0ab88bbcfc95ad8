import { useEffect } from 'react';
import { useMe } from '@/access/session';
import { t as b } from '@/locales/base';
import { t } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { StateView } from '@/ui/StateView';
import { groups, myEntries } from './menu';

const greeting = (hour: number) =>
  hour < 12 ? 'home.hello_morning' : hour < 18 ? 'home.hello_noon' : 'home.hello_evening';

/** The first screen: what this person can use. */
export function HomePage() {
  const me = useMe();
  const mine = myEntries().filter((entry) => entry.to !== '/');
  useEffect(() => {
    document.title = `${t('nav.workbench')} · ${b('product')}`;
  }, []);
  return (
    <section>
      <h1>{t(greeting(new Date().getHours()), { name: me.employee?.name ?? me.username })}</h1>
      {mine.length === 0 ? (
        <StateView icon="empty" title={t('home.none')} />
      ) : (
        <p className="muted">{t('home.lead')}</p>
      )}
      {groups.map((group) => {
        const inGroup = mine.filter((entry) => entry.group === group);
        return inGroup.length === 0 ? null : (
          <section key={group}>
            <h2>{t(`group.${group}`)}</h2>
            <div className="home-tiles">
              {inGroup.map((entry) => (
                <Anchor key={entry.to} href={entry.to}>
                  {entry.icon}
                  {entry.label()}
                </Anchor>
              ))}
            </div>
          </section>
        );
      })}
    </section>
  );
}
