import { useCan } from '@/access/can';
import { t } from '@/locales/org';
import { Tabs } from '@/ui/list/Tabs';

/** Who stands in: the periods, the pairs they follow from, duties entrusted for good. */
export function ActingTabs() {
  const can = useCan();
  return (
    <Tabs
      label={t('acting.title')}
      tabs={[
        { href: '/acting', label: t('acting.title') },
        { href: '/acting/pairs', label: t('pairs.title') },
        ...(can('org.read') ? [{ href: '/acting/duties', label: t('duties.title') }] : []),
      ]}
    />
  );
}
