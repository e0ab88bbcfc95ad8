import { useCan } from '@/access/can';
import { t } from '@/locales/phone';
import { Empty, Screen } from '@/ui/phone';
import { phoneCards } from './phoneCards';

/** What waits for me today, from every context my posts work in. */
export function PhoneHome() {
  const can = useCan();
  const mine = phoneCards.filter((cards) => can(cards.permission));
  return (
    <Screen title={t('tab.home')}>
      {mine.map(({ key, Cards }) => (
        <Cards key={key} />
      ))}
      {mine.length === 0 && <Empty title={t('home.empty')} hint={t('home.empty_hint')} />}
    </Screen>
  );
}
