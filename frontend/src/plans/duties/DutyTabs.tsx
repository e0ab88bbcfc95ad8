import type { ReactNode } from 'react';
import { t } from '@/locales/plans';
import { Tabs } from '@/ui/list/Tabs';

/** One's own day, the week of all below, the register, and what duties fall due by. */
export const DutyTabs = ({ children }: { children?: ReactNode }) => (
  <Tabs
    label={t('nav.board')}
    tabs={[
      { href: '/duties/mine', label: t('mine.title') },
      { href: '/duties', label: t('nav.board') },
      { href: '/duties/list', label: t('nav.list') },
      { href: '/duties/statistics', label: t('nav.statistics') },
      { href: '/duties/rules', label: t('nav.rules') },
      { href: '/duties/triggers', label: t('nav.clocks') },
    ]}
  >
    {children}
  </Tabs>
);
