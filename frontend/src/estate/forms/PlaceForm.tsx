import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { MeasureField } from '@/ui/form';
import { fixtureKinds, placeKinds } from '../words';
import { ElementDrawer, type FormProps } from './ElementDrawer';
import { AreaSelect, CodeItem, Item, LocationItem, NoteItem, NumberItem } from './fields';

/** A road, green area, shared place or fixture: its measures are those of its kind. */
export default function PlaceForm(props: FormProps<'place'>) {
  const { element, defaults } = props;
  const chosen = useEstate();
  const estate = element?.estate_id ?? chosen.estate;
  return (
    <ElementDrawer
      {...props}
      kind="place"
      estate={estate}
      initial={
        element
          ? {
              name: element.name,
              area_id: element.area_id ?? null,
              location: element.location,
              note: element.note,
              ...(element.kind === 'fixture'
                ? { quantity: element.quantity }
                : { area_milli: element.area_milli ?? null }),
              ...(element.kind === 'road' && { length_milli: element.length_milli ?? null }),
            }
          : { kind: 'fixture', ...defaults }
      }
    >
      {(waits) => (
        <>
          {!element && <Sort />}
          <Item name="name" label={t('field.name')} must extra={waits}>
            <Input autoFocus={Boolean(element)} maxLength={100} />
          </Item>
          {!element && (
            <Item name="no" label={t('field.no')} extra={t('form.place_no_hint')}>
              <Input maxLength={40} />
            </Item>
          )}
          <LocationItem hint={t('form.place_where')} />
          <Measures kind={element?.kind} waits={waits} />
          <Item name="area_id" label={t('kind.area')} extra={waits}>
            <AreaSelect estate={estate} />
          </Item>
          <NoteItem />
        </>
      )}
    </ElementDrawer>
  );
}

/** What sort of place; a fixture says what sort of fixture too. */
function Sort() {
  const form = Form.useFormInstance();
  const kind = Form.useWatch('kind', form);
  return (
    <>
      <CodeItem
        name="kind"
        label={t('field.place_kind')}
        must
        group="place_kind"
        codes={placeKinds}
      />
      {kind === 'fixture' && (
        <CodeItem
          name="fixture_kind"
          label={t('field.fixture_kind')}
          must
          group="fixture_kind"
          codes={fixtureKinds}
        />
      )}
    </>
  );
}

function Measures({ kind, waits }: { kind: string | undefined; waits: ReactNode }) {
  const form = Form.useFormInstance();
  const chosen = Form.useWatch('kind', form);
  const of = kind ?? chosen;
  if (of === 'fixture') {
    return (
      <NumberItem
        name="quantity"
        label={t('field.quantity')}
        min={1}
        max={1_000_000}
        extra={waits ?? (kind ? undefined : t('form.quantity_hint'))}
      />
    );
  }
  return (
    <>
      {of === 'road' && (
        <Item name="length_milli" label={t('field.length_milli')} extra={waits}>
          <MeasureField unit="m" />
        </Item>
      )}
      <Item name="area_milli" label={t('field.area_milli')} extra={waits}>
        <MeasureField unit="m²" />
      </Item>
    </>
  );
}
