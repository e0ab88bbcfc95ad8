import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';
import { t } from '@/locales/estate';
import { Anchor } from '@/ui/Anchor';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import type { Elements } from '../elements';
import { TotalsTable } from '../inventory/TotalsTable';
import { tableOf } from '../inventory/totals';
import { ElementPage } from './ElementRecord';

/** A part of the estate that somebody answers for: what lies in it, in figures and as a sheet. */
export function AreaPage({ id }: { id: string }) {
  return (
    <ElementPage kind="area" id={id}>
      {(area) => <Within area={area} />}
    </ElementPage>
  );
}

function Within({ area }: { area: Elements['area'] }) {
  const sheet = useQuery({
    queryKey: ['estate', 'sheet', area.estate_id, area.id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/inventory/sheet', {
          params: { query: { estate_id: area.estate_id, area_id: area.id } },
          signal,
        }),
      ),
    meta: { kinds: ['area', 'block', 'unit', 'house', 'parking_space', 'place'] },
  });
  return (
    <Section
      title={t('area.within')}
      extra={<Anchor href={`/estate/sheet?area_id=${area.id}`}>{t('sheet.open')}</Anchor>}
    >
      {sheet.isPending ? (
        <Skeleton lines={4} />
      ) : sheet.isError ? (
        <ErrorView error={sheet.error} retry={() => sheet.refetch()} />
      ) : sheet.data.totals.length === 0 ? (
        <p className="muted">{t('area.empty')}</p>
      ) : (
        <TotalsTable table={tableOf(sheet.data.totals)} />
      )}
    </Section>
  );
}
