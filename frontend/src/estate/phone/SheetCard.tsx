import { useMe } from '@/access/session';
import { t } from '@/locales/phone';

/** Those who know their area by heart (POS-CLEANLEAD-03) and those who walk it at night. */
const LEADERS = new Set<string>(['CLEANLEAD', 'GUARDLEAD']);

/** A squad leader's way to the sheet of the area, one tap from the phone's first page. */
export function SheetCard() {
  const leads = useMe().posts.some((held) => LEADERS.has(held.post));
  return leads ? (
    <a className="m-btn" href="/estate/sheet">
      {t('home.sheet')}
    </a>
  ) : null;
}
