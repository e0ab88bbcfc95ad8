import { useCan } from '@/access/can';
import { t } from '@/locales/pass_on';
import { Card } from '@/ui/phone';

/** The way from the phone's first page to what anybody may write down. */
export function DeskCards() {
  const can = useCan();
  return (
    <section>
      <h2>{t('cards')}</h2>
      <Card title={t('title')} to="/m/pass-on" />
      {can('assistance.log') && <Card title={t('help')} to="/m/help" />}
    </section>
  );
}
