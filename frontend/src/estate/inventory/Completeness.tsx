import type { Schema } from '@/api/client';
import { t } from '@/locales/estate';
import { Anchor } from '@/ui/Anchor';
import { formatCount, formatShare } from '@/ui/format';

type Figures = Schema<'Completeness'>;

/** What is missing in the register; each figure opens the rows it counts. */
export function Completeness({ of }: { of: Figures }) {
  return (
    <ul className="es-gaps">
      <Gap
        label={t('gap.houses_without_area')}
        missing={of.houses_without_area}
        total={of.houses}
        href="/estate/houses?without_area=true"
      />
      <Gap
        label={t('gap.fixtures_without_location')}
        missing={of.fixtures_without_location}
        total={of.fixtures}
        href="/estate/places?kind=fixture&without_location=true"
      />
      <Gap
        label={t('gap.houses_without_owner')}
        missing={of.houses_without_owner}
        total={of.houses}
        href="/estate/houses?without_owner=true"
      />
      <Gap
        label={t('gap.houses_without_file')}
        missing={of.houses_without_file}
        total={of.houses}
        href="/estate/houses?without_file=true"
      />
      <Gap
        label={t('gap.files_incomplete')}
        missing={of.files - of.files_complete}
        total={of.files}
        href="/house-files?state=incomplete"
      />
      <Gap
        label={t('gap.blocks_without_area')}
        missing={of.blocks_without_area}
        href="/estate/blocks?without_area=true"
      />
    </ul>
  );
}

interface GapProps {
  label: string;
  missing: number;
  /** Of how many, where a share says something. */
  total?: number;
  href: string;
}

function Gap({ label, missing, total, href }: GapProps) {
  const share =
    total === undefined
      ? null
      : total === 0
        ? t('gap.nothing')
        : t('gap.complete', { share: formatShare(wholeOnly((total - missing) / total)) });
  return (
    <li className={missing > 0 ? 'has-gap' : undefined}>
      <span>{label}</span>
      {missing > 0 ? (
        <Anchor className="num" href={href}>
          {formatCount(missing)}
        </Anchor>
      ) : (
        <b className="num">{t('gap.zero')}</b>
      )}
      <small className="muted">{share}</small>
    </li>
  );
}

/** One missing among thousands is not 100.0%. */
const wholeOnly = (share: number) => (share < 1 ? Math.min(share, 0.999) : share);
