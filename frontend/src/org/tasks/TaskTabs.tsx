import { t } from '@/locales/tasks';
import { Tabs } from '@/ui/list/Tabs';

/** The register, and what it says of punctuality. */
export const TaskTabs = () => (
  <Tabs
    label={t('title')}
    tabs={[
      { href: '/tasks', label: t('title') },
      { href: '/task-statistics', label: t('statistics') },
    ]}
  />
);
