import { useLocation } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useSession } from '@/access/session';
import { t } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { groups, myEntries } from './menu';
import { Sign } from './Sign';

/** The screens of this person, grouped as the company is: plain links, for dozens of them are on every page. */
export function SideMenu({ folded }: { folded: boolean }) {
  const { pathname } = useLocation();
  const session = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: permissions come with the session
  const mine = useMemo(myEntries, [session]);
  const here = mine
    .filter(
      (entry) => entry.to === pathname || (entry.to !== '/' && pathname.startsWith(`${entry.to}/`)),
    )
    .sort((a, b) => b.to.length - a.to.length)[0];
  return (
    <nav aria-label={t('nav.main')} className="app-menu">
      {groups.map((group) => {
        const entries = mine.filter((entry) => entry.group === group);
        if (entries.length === 0) return null;
        const title = t(`group.${group}`);
        return (
          <section key={group} aria-label={title}>
            <p aria-hidden="true">{folded ? null : title}</p>
            <ul>
              {entries.map((entry) => (
                <li key={entry.to}>
                  <Anchor
                    href={entry.to}
                    aria-current={entry === here ? 'page' : undefined}
                    title={folded ? entry.label() : undefined}
                  >
                    <Sign of={entry.icon} />
                    <span className={folded ? 'sr-only' : undefined}>{entry.label()}</span>
                  </Anchor>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
