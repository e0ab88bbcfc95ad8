import { useSearch } from '@tanstack/react-router';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import type { ListSearch } from '@/ui/list';
import { AreaName, BlockName, HouseName, useBlocks } from '../lookups';
import { fixtureKinds, Measure, options, parkingKinds, placeKind, placeKinds } from '../words';
import { ElementList, orDash } from './ElementList';

/** Parts of the estate that squads, collectors and leaders answer for. */
export const AreasPage = () => (
  <ElementList
    kind="area"
    columns={[
      { key: 'name', title: t('field.name'), render: (row) => row.name, card: 'title' },
      { key: 'code', title: t('field.code'), render: (row) => row.code, width: 120 },
    ]}
  />
);

/** Blocks with how and where they stand. */
export const BlocksPage = () => (
  <ElementList
    kind="block"
    byArea
    columns={[
      { key: 'name', title: t('kind.block'), render: (row) => <b>{row.name}</b>, card: 'title' },
      {
        key: 'kind',
        title: t('field.block_kind'),
        render: (row) => t.code('block_kind', row.kind),
        width: 100,
      },
      {
        key: 'above',
        title: t('field.floors_above'),
        render: (row) => orDash(row.floors_above),
        align: 'right',
        width: 100,
      },
      {
        key: 'below',
        title: t('field.floors_below'),
        render: (row) => orDash(row.floors_below),
        align: 'right',
        width: 100,
      },
      {
        key: 'area',
        title: t('kind.area'),
        render: (row) => <AreaName id={row.area_id} />,
        width: 120,
      },
      {
        key: 'location',
        title: t('field.location'),
        render: (row) => orDash(row.location),
        wrap: true,
      },
    ]}
    filters={[{ key: 'without_area', label: t('gap.block_without_area'), kind: 'flag' }]}
  />
);

/** Units of the blocks. */
export function UnitsPage() {
  const { estate } = useEstate();
  const blocks = useBlocks(estate);
  return (
    <ElementList
      kind="unit"
      columns={[
        {
          key: 'no',
          title: t('kind.unit'),
          render: (row) => {
            const block = blocks.find((one) => one.id === row.block_id);
            return <b>{`${block?.name ?? ''}${t('unit.called', { no: row.no })}`}</b>;
          },
          card: 'title',
        },
        {
          key: 'block',
          title: t('kind.block'),
          render: (row) => <BlockName id={row.block_id} />,
          width: 140,
          card: 'none',
        },
        {
          key: 'lifts',
          title: t('field.lifts'),
          render: (row) => orDash(row.lifts),
          align: 'right',
          width: 100,
        },
      ]}
      filters={[
        {
          key: 'block_id',
          label: t('kind.block'),
          kind: 'choice',
          options: blocks.map((block) => ({ value: block.id, label: block.name })),
        },
      ]}
    />
  );
}

/** Parking spaces with whose they are. */
export const ParkingSpacesPage = () => (
  <ElementList
    kind="parking_space"
    byArea
    also={['house']}
    searchHint={t('field.parking_no')}
    searchKey="no"
    columns={[
      {
        key: 'no',
        title: t('field.parking_no'),
        render: (row) => <b className="num">{row.no}</b>,
        card: 'title',
      },
      {
        key: 'kind',
        title: t('field.parking_kind'),
        render: (row) => t.code('parking_kind', row.kind),
        width: 110,
      },
      {
        key: 'house',
        title: t('field.of_house'),
        render: (row) => <HouseName id={row.house_id} />,
        width: 130,
      },
      {
        key: 'location',
        title: t('field.location'),
        render: (row) => orDash(row.location),
        wrap: true,
      },
      {
        key: 'size',
        title: t('field.area_milli'),
        render: (row) => <Measure milli={row.area_milli} />,
        align: 'right',
        width: 100,
      },
      {
        key: 'area',
        title: t('kind.area'),
        render: (row) => <AreaName id={row.area_id} />,
        width: 120,
        hidden: true,
      },
    ]}
    filters={[
      {
        key: 'kind',
        label: t('field.parking_kind'),
        kind: 'choice',
        options: options('parking_kind', parkingKinds),
      },
    ]}
  />
);

/** Roads, green areas, shared places and fixtures with sizes, numbers and places. */
export function PlacesPage() {
  const search = useSearch({ strict: false }) as ListSearch;
  const fixtures = search.kind === 'fixture' || search.fixture_kind;
  return (
    <ElementList
      kind="place"
      byArea
      searchHint={t('places.search')}
      columns={[
        {
          key: 'name',
          title: t('field.name'),
          render: (row) => <b>{row.name}</b>,
          card: 'title',
        },
        { key: 'kind', title: t('field.place_kind'), render: placeKind, width: 110 },
        { key: 'no', title: t('field.no'), render: (row) => orDash(row.no), width: 100 },
        {
          key: 'location',
          title: t('field.location'),
          render: (row) =>
            row.location ||
            (row.kind === 'fixture' ? (
              <span className="es-missing">{t('gap.no_location')}</span>
            ) : (
              orDash(null)
            )),
          wrap: true,
        },
        {
          key: 'quantity',
          title: t('field.quantity'),
          render: (row) => (row.kind === 'fixture' ? row.quantity : orDash(null)),
          align: 'right',
          width: 80,
        },
        {
          key: 'length',
          title: t('field.length_milli'),
          render: (row) => <Measure milli={row.length_milli} of="length" />,
          align: 'right',
          width: 100,
        },
        {
          key: 'size',
          title: t('field.area_milli'),
          render: (row) => <Measure milli={row.area_milli} />,
          align: 'right',
          width: 120,
        },
        {
          key: 'area',
          title: t('kind.area'),
          render: (row) => <AreaName id={row.area_id} />,
          width: 120,
          hidden: true,
        },
      ]}
      filters={[
        {
          key: 'kind',
          label: t('field.place_kind'),
          kind: 'choice',
          options: options('place_kind', placeKinds),
        },
        ...(fixtures
          ? [
              {
                key: 'fixture_kind',
                label: t('field.fixture_kind'),
                kind: 'choice' as const,
                options: options('fixture_kind', fixtureKinds),
              },
            ]
          : []),
        { key: 'without_location', label: t('gap.no_location'), kind: 'flag' },
      ]}
    />
  );
}
