import { t } from '@/locales/owners';
import { Attached } from '@/ui/record';

/** Copies of a person's papers: open to those only who may read identity numbers. */
export function Papers({ id }: { id: string }) {
  return (
    <>
      <p className="muted">{t('party.papers_hint')}</p>
      <Attached kind="party" id={id} />
    </>
  );
}
