import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Anchor } from '../Anchor';
import '../tabs.css';

interface TabsProps {
  label: string;
  tabs: readonly { href: string; label: string }[];
  /** What else stands in the row: the choice of an estate. */
  children?: ReactNode;
}

/** From one list to its neighbours; the menu names only the most used. */
export function Tabs({ label, tabs, children }: TabsProps) {
  const { pathname } = useLocation();
  return (
    <nav className="tabs" aria-label={label}>
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
