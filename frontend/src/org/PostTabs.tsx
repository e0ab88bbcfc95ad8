import { t } from '@/locales/org';
import { Tabs } from '@/ui/list/Tabs';

/** What the organisation is called: its posts, its departments, names that the papers use besides. */
export const PostTabs = () => (
  <Tabs
    label={t('posts.title')}
    tabs={[
      { href: '/org/posts', label: t('posts.post') },
      { href: '/org/departments', label: t('departments.title') },
      { href: '/org/names', label: t('names.title') },
    ]}
  />
);
