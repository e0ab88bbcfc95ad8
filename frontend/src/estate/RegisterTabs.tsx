import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '@/locales/estate';
import { Anchor } from '@/ui/Anchor';
import { elementKinds, listHref } from './elements';
import './estate.css';

/** From one list of the register to another; the menu names only the most used. */
export function RegisterTabs({ children }: { children?: ReactNode }) {
  const { pathname } = useLocation();
  const tabs = [
    { href: '/estate', label: t('tab.figures') },
    ...elementKinds.map((kind) => ({ href: listHref(kind), label: t.code('list', kind) })),
  ];
  return (
    <nav className="es-tabs" aria-label={t('inventory.title')}>
      {tabs.map((tab) => (
        <Anchor
          key={tab.href}
          href={tab.href}
          aria-current={pathname === tab.href ? 'page' : undefined}
        >
          {tab.label}
        </Anchor>
      ))}
      {children}
    </nav>
  );
}
