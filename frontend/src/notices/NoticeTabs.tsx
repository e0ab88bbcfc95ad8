import { useCan } from '@/access/can';
import { t } from '@/locales/notices';
import { Tabs } from '@/ui/list/Tabs';

/** The inbox, how one is told, and for those who look after it what left the product. */
export function NoticeTabs() {
  const can = useCan();
  return (
    <Tabs
      label={t('nav.inbox')}
      tabs={[
        { href: '/notices', label: t('nav.inbox') },
        { href: '/notices/settings', label: t('nav.settings') },
        ...(can('notice.read')
          ? [{ href: '/notices/deliveries', label: t('nav.deliveries') }]
          : []),
      ]}
    />
  );
}
