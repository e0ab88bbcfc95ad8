import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { formatDate, formatThousandths } from '@/ui/format';
import { PrintFrame, SignatureRow } from '@/ui/print/PrintFrame';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { placeKind } from '../words';
import { TotalsTable } from './TotalsTable';
import { tableOf } from './totals';
import '../estate.css';

type Sheet = Schema<'InventorySheet'>;

/**
 * What a squad leader knows by heart (POS-CLEANLEAD-03), to print and to carry: blocks with their
 * layout, roads and greens with sizes, fixtures with numbers and places.
 */
export function SheetPage({ area }: { area: string | undefined }) {
  const router = useRouter();
  const { estate, name } = useEstate();
  const sheet = useQuery({
    queryKey: ['estate', 'sheet', estate, area ?? ''],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/inventory/sheet', {
          params: { query: { estate_id: estate, ...(area && { area_id: area }) } },
          signal,
        }),
      ),
    meta: { kinds: ['area', 'block', 'unit', 'house', 'parking_space', 'place'] },
  });
  if (sheet.isPending) return <Skeleton lines={10} />;
  if (sheet.isError) return <ErrorView error={sheet.error} retry={() => sheet.refetch()} />;
  const within = sheet.data.area?.name ?? t('sheet.whole');
  const title = t('sheet.paper', { estate: name, area: within });
  return (
    <PrintFrame
      title={title}
      onBack={() =>
        router.history.canGoBack() ? router.history.back() : router.history.push('/estate')
      }
    >
      <h1>{title}</h1>
      <p className="es-paper-date">{t('sheet.as_of', { date: formatDate(Date.now()) })}</p>
      <Tables sheet={sheet.data} />
      <SignatureRow roles={[t('sheet.made_by'), t('sheet.received_by')]} />
    </PrintFrame>
  );
}

function Tables({ sheet }: { sheet: Sheet }) {
  return (
    <>
      <h2>{t('inventory.totals')}</h2>
      {sheet.totals.length === 0 ? (
        <p>{t('area.empty')}</p>
      ) : (
        <TotalsTable table={tableOf(sheet.totals)} paper />
      )}
      <Part
        title={t('list.block')}
        head={[
          t('kind.block'),
          t('field.block_kind'),
          `${t('field.floors_above')} / ${t('field.floors_below')}`,
          t('field.location'),
        ]}
        rows={sheet.blocks.map((block) => [
          block.name,
          t.code('block_kind', block.kind),
          `${block.floors_above ?? '—'} / ${block.floors_below ?? '—'}`,
          block.location,
        ])}
      />
      <Part
        title={t('place_kind.road')}
        head={[t('field.name'), t('sheet.length'), t('sheet.area'), t('field.location')]}
        figures={[1, 2]}
        rows={sheet.roads.map((road) => [
          named(road),
          measure(road.length_milli),
          measure(road.area_milli),
          road.location,
        ])}
      />
      <Part
        title={t('place_kind.green')}
        head={[t('field.name'), t('sheet.area'), t('field.location')]}
        figures={[1]}
        rows={sheet.greens.map((green) => [
          named(green),
          measure(green.area_milli),
          green.location,
        ])}
      />
      <Part
        title={t('place_kind.shared')}
        head={[t('field.name'), t('sheet.area'), t('field.location')]}
        figures={[1]}
        rows={sheet.shared.map((place) => [
          named(place),
          measure(place.area_milli),
          place.location,
        ])}
      />
      <Part
        title={t('place_kind.fixture')}
        head={[
          t('field.fixture_kind'),
          t('field.no'),
          t('field.name'),
          t('field.quantity'),
          t('field.location'),
        ]}
        figures={[3]}
        rows={sheet.fixtures.map((fixture) => [
          placeKind(fixture),
          fixture.no,
          fixture.name,
          fixture.quantity,
          fixture.location || t('gap.no_location'),
        ])}
      />
    </>
  );
}

const named = (place: Schema<'Place'>) => [place.no, place.name].filter(Boolean).join(' ');
const measure = (milli: number | null | undefined) => (milli ? formatThousandths(milli) : '—');

interface PartProps {
  title: string;
  head: readonly string[];
  rows: readonly (readonly ReactNode[])[];
  /** Columns of figures. */
  figures?: readonly number[];
}

/** One table of the sheet; left out when there is nothing of the kind. */
function Part({ title, head, rows, figures = [] }: PartProps) {
  if (rows.length === 0) return null;
  const side = (i: number) => (figures.includes(i) ? 'num' : undefined);
  return (
    <>
      <h2>{title}</h2>
      <table>
        <thead>
          <tr>
            {head.map((word, i) => (
              <th key={word} className={side(i)}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a paper, not a list that changes
            <tr key={n}>
              {row.map((cell, i) => (
                <td key={head[i]} className={side(i)}>
                  {cell || '—'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
