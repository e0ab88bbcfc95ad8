import type { Schema } from '@/api/client';
import { t } from '@/locales/estate';
import { metres, squareMetres } from '@/ui/format';
import { Pill, type Tone } from '@/ui/text';
import type { ElementKind, Elements, StructureChange } from './elements';

export const states = [
  'draft',
  'active',
  'retired',
] as const satisfies readonly Schema<'ElementState'>[];
export const houseUses = [
  'residential',
  'commercial',
  'office',
  'storage',
  'other',
] as const satisfies readonly Schema<'HouseUse'>[];
export const houseStatuses = [
  'occupied',
  'let',
  'renovating',
  'vacant',
  'unsold',
] as const satisfies readonly Schema<'HouseStatus'>[];
export const blockKinds = [
  'high_rise',
  'multi_storey',
  'villa',
  'commercial',
  'other',
] as const satisfies readonly Schema<'BlockKind'>[];
export const parkingKinds = [
  'owned',
  'civil_defence',
  'shared',
  'visitor',
  'two_wheeler',
] as const satisfies readonly Schema<'ParkingKind'>[];
export const placeKinds = [
  'road',
  'green',
  'shared',
  'fixture',
] as const satisfies readonly Schema<'PlaceKind'>[];
export const fixtureKinds = [
  'bench',
  'lamp_post',
  'sculpture',
  'small_structure',
] as const satisfies readonly Schema<'FixtureKind'>[];
export const changeKinds = [
  'create',
  'alter',
  'retire',
  'import',
] as const satisfies readonly Schema<'StructureAction'>[];
export const changeStates = [
  'proposed',
  'confirmed',
  'rejected',
  'withdrawn',
] as const satisfies readonly Schema<'StructureChangeState'>[];

/** Codes of a group with their words, for choices and filters. */
export const options = <C extends string>(group: string, codes: readonly C[]) =>
  codes.map((value) => ({ value, label: t.code(group, value) }));

const STATE_TONE: Record<Schema<'ElementState'>, Tone> = {
  draft: 'warn',
  active: 'ok',
  retired: 'plain',
};
/** Whether an element is keyed only, confirmed, or gone. */
export const StatePill = ({ state }: { state: Schema<'ElementState'> }) => (
  <Pill tone={STATE_TONE[state] ?? 'plain'}>{t.code('state', state)}</Pill>
);

const CHANGE_TONE: Record<Schema<'StructureChangeState'>, Tone> = {
  proposed: 'warn',
  confirmed: 'ok',
  rejected: 'late',
  withdrawn: 'plain',
};
export const ChangePill = ({ state }: { state: StructureChange['state'] }) => (
  <Pill tone={CHANGE_TONE[state] ?? 'plain'}>{t.code('change_state', state)}</Pill>
);

const STATUS_TONE: Record<Schema<'HouseStatus'>, Tone> = {
  occupied: 'ok',
  let: 'accent',
  renovating: 'warn',
  vacant: 'plain',
  unsold: 'plain',
};
/** How a house stands today. */
export const StatusPill = ({ status }: { status: Schema<'HouseStatus'> }) => (
  <Pill tone={STATUS_TONE[status] ?? 'plain'}>{t.code('status', status)}</Pill>
);

/** A measure, or a word that says it is missing. */
export function Measure(props: { milli: number | null | undefined; of?: 'area' | 'length' }) {
  const { milli, of = 'area' } = props;
  if (milli === null || milli === undefined) return <span className="muted">—</span>;
  return <span className="num">{of === 'length' ? metres(milli) : squareMetres(milli)}</span>;
}

/** A floor as people say it: 5层, 地下1层. */
export const sayFloor = (floor: number | null | undefined) =>
  floor === null || floor === undefined
    ? t('floor.unknown')
    : floor < 0
      ? t('floor.below', { n: -floor })
      : t('floor.n', { n: floor });

/** Road, green area, shared place, or what sort of fixture. */
export const placeKind = (place: Elements['place']) =>
  place.fixture_kind
    ? t.code('fixture_kind', place.fixture_kind)
    : t.code('place_kind', place.kind);

/** How people call an element, as the trail and the changes do. */
export function titleOf<K extends ElementKind>(kind: K, element: Elements[K]): string {
  if (kind === 'unit') return t('unit.called', { no: (element as Elements['unit']).no });
  if (kind === 'house' || kind === 'parking_space') return (element as Elements['house']).no;
  if (kind === 'place') {
    const place = element as Elements['place'];
    return [place.no, place.name].filter(Boolean).join(' ');
  }
  return (element as Elements['block']).name;
}
