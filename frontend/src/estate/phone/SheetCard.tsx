import { t } from '@/locales/phone';

/** A squad leader's way to the sheet of the area, one tap from the phone's first page. */
export default function SheetCard() {
  return (
    <a className="m-btn" href="/estate/sheet">
      {t('home.sheet')}
    </a>
  );
}
