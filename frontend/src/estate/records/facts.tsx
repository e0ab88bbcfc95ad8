import type { ReactNode } from 'react';
import { t } from '@/locales/estate';
import type { Fact } from '@/ui/record';
import type { ElementKind, Elements } from '../elements';
import { AreaName, BlockName, HouseName, UnitName } from '../lookups';
import { Measure, placeKind, StatusPill, sayFloor } from '../words';

const missing = (word: string) => <span className="es-missing">{word}</span>;
const count = (n: number | null | undefined): ReactNode => n ?? '—';

/** What the register knows of each kind of element, in the order in which people ask. */
const facts: { [K in ElementKind]: (element: Elements[K]) => Fact[] } = {
  area: (area) => [{ label: t('field.code'), value: area.code }],
  block: (block) => [
    { label: t('kind.area'), value: <AreaName id={block.area_id} /> },
    { label: t('field.block_kind'), value: t.code('block_kind', block.kind) },
    { label: t('field.location'), value: block.location || '—' },
    { label: t('field.floors_above'), value: count(block.floors_above) },
    { label: t('field.floors_below'), value: count(block.floors_below) },
  ],
  unit: (unit) => [
    { label: t('kind.block'), value: <BlockName id={unit.block_id} /> },
    { label: t('field.lifts'), value: count(unit.lifts) },
  ],
  house: (house) => [
    { label: t('field.status'), value: <StatusPill status={house.status} /> },
    {
      label: t('field.built_area'),
      value: house.area_milli ? <Measure milli={house.area_milli} /> : missing(t('gap.no_area')),
    },
    { label: t('field.use'), value: t.code('use', house.use) },
    { label: t('field.floor'), value: sayFloor(house.floor) },
    { label: t('kind.block'), value: <BlockName id={house.block_id} /> },
    { label: t('kind.unit'), value: <UnitName id={house.unit_id} /> },
  ],
  parking_space: (space) => [
    { label: t('field.parking_kind'), value: t.code('parking_kind', space.kind) },
    { label: t('field.of_house'), value: <HouseName id={space.house_id} /> },
    { label: t('field.location'), value: space.location || '—' },
    { label: t('field.area_milli'), value: <Measure milli={space.area_milli} /> },
    { label: t('kind.area'), value: <AreaName id={space.area_id} /> },
  ],
  place: (place) => [
    { label: t('field.place_kind'), value: placeKind(place) },
    { label: t('field.no'), value: place.no || '—' },
    {
      label: t('field.location'),
      value: place.location || (place.kind === 'fixture' ? missing(t('gap.no_location')) : '—'),
    },
    ...(place.kind === 'fixture'
      ? [{ label: t('field.quantity'), value: place.quantity }]
      : [{ label: t('field.area_milli'), value: <Measure milli={place.area_milli} /> }]),
    ...(place.kind === 'road'
      ? [
          {
            label: t('field.length_milli'),
            value: <Measure milli={place.length_milli} of="length" />,
          },
        ]
      : []),
    { label: t('kind.area'), value: <AreaName id={place.area_id} /> },
  ],
};

export function factsOf<K extends ElementKind>(kind: K, element: Elements[K]): Fact[] {
  const all = facts[kind](element);
  return element.note ? [...all, { label: t('field.note'), value: element.note }] : all;
}
