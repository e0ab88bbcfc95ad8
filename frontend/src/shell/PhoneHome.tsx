import { Suspense } from 'react';
import { useCan } from '@/access/can';
import { t } from '@/locales/phone';
import { Bell } from '@/notices/Bell';
import { Anchor } from '@/ui/Anchor';
import { Apart } from '@/ui/apart';
import { Icon } from '@/ui/icons';
import { Screen, Skeleton } from '@/ui/phone';
import { cardsFor } from './phoneCards';
import { phoneTiles } from './phoneTiles';

/** What waits for me today, from every context my posts work in, and what I can start here. */
export function PhoneHome() {
  const can = useCan();
  return (
    <Screen title={t('tab.home')} extra={<Bell href="/m/notices" />}>
      {cardsFor(can).map(({ key, cards }) => (
        <Suspense key={key} fallback={<Skeleton lines={2} />}>
          <Apart of={cards} />
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
