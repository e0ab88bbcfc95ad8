import { useLocation, useRouter } from '@tanstack/react-router';
import { Menu } from 'antd';
import { useMemo } from 'react';
import { useSession } from '@/access/session';
import { t } from '@/locales/shell';
import { silent } from '@/ui/silent';
import { groups, myEntries } from './menu';

/** The screens of this person, grouped as the company is. */
export function SideMenu({ folded }: { folded: boolean }) {
  const router = useRouter();
  const { pathname } = useLocation();
  const session = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: permissions come with the session
  const mine = useMemo(myEntries, [session]);
  const here = mine
    .filter(
      (entry) => entry.to === pathname || (entry.to !== '/' && pathname.startsWith(`${entry.to}/`)),
    )
    .sort((a, b) => b.to.length - a.to.length)[0];
  const items = groups
    .map((group) => ({
      key: group,
      type: 'group' as const,
      label: folded ? null : t(`group.${group}`),
      children: mine
        .filter((entry) => entry.group === group)
        .map((entry) => ({
          key: entry.to,
          icon: silent(entry.icon),
          label: (
            <a href={entry.to} onClick={(event) => !isForeign(event) && event.preventDefault()}>
              {entry.label()}
            </a>
          ),
        })),
    }))
    .filter((group) => group.children.length > 0);
  return (
    <nav aria-label={t('nav.main')} className="app-menu">
      <Menu
        mode="inline"
        inlineCollapsed={folded}
        selectedKeys={here ? [here.to] : []}
        items={items}
        onClick={({ key, domEvent }) => {
          if (!isForeign(domEvent)) router.history.push(key);
        }}
      />
    </nav>
  );
}

const isForeign = (event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }) =>
  event.ctrlKey || event.metaKey || event.shiftKey;
