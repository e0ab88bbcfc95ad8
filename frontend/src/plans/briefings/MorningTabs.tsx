import type { ReactNode } from 'react';
import { t } from '@/locales/briefings';
import { Tabs } from '@/ui/list/Tabs';

/** Today, the log, and what it says of punctuality. */
export const MorningTabs = ({ children }: { children?: ReactNode }) => (
  <Tabs
    label={t('title')}
    tabs={[
      { href: '/mornings', label: t('nav.today') },
      { href: '/mornings/log', label: t('nav.log') },
      { href: '/mornings/statistics', label: t('nav.statistics') },
    ]}
  >
    {children}
  </Tabs>
);
