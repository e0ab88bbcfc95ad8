import type { ReactNode } from 'react';
import { t } from '@/locales/estate';
import { Tabs } from '@/ui/list/Tabs';
import { elementKinds, listHref } from './elements';

/** From one list of the register to another. */
export function RegisterTabs({ children }: { children?: ReactNode }) {
  return (
    <Tabs
      label={t('inventory.title')}
      tabs={[
        { href: '/estate', label: t('tab.figures') },
        ...elementKinds.map((kind) => ({ href: listHref(kind), label: t.code('list', kind) })),
      ]}
    >
      {children}
    </Tabs>
  );
}
