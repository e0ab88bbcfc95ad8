import { Suspense } from 'react';
import { useCan } from '@/access/can';
import { t } from '@/locales/phone';
import { Bell } from '@/notices/Bell';
import { Anchor } from '@/ui/Anchor';
import { Icon } from '@/ui/icons';
import { Screen, Skeleton } from '@/ui/phone';
import { phoneCards } from './phoneCards';
import { phoneTiles } from './phoneTiles';

/** What waits for me today, from every context my posts work in, and what I can start here. */
export function PhoneHome() {
  const can = useCan();
  return (
    <Screen title={t('tab.home')} extra={<Bell href="/m/notices" />}>
      {phoneCards
        .filter((cards) => can(cards.permission) && (cards.when?.() ?? true))
        .map(({ key, Cards }) => (
          <Suspense key={key} fallback={<Skeleton lines={2} />}>
            <Cards />
          </Suspense>
        ))}
      <nav className="m-tiles" aria-label={t('tiles')}>
        {phoneTiles
          .filter((tile) => !tile.permissions || tile.permissions.some(can))
          .map((tile) => (
            <Anchor key={tile.to} href={tile.to}>
              <Icon name={tile.icon} size={28} />
              {tile.label()}
            </Anchor>
          ))}
      </nav>
    </Screen>
  );
}
