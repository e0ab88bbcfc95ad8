import { Input } from 'antd';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { MeasureField } from '@/ui/form';
import { HouseField } from '@/ui/form/Combo';
import { parkingKinds } from '../words';
import { ElementDrawer, type FormProps } from './ElementDrawer';
import { AreaSelect, CodeItem, Item, LocationItem, NoteItem } from './fields';

/** A parking space: whose it is, which house it belongs to, where it lies. */
export default function ParkingSpaceForm(props: FormProps<'parking_space'>) {
  const { element, defaults } = props;
  const chosen = useEstate();
  const estate = element?.estate_id ?? chosen.estate;
  return (
    <ElementDrawer
      {...props}
      kind="parking_space"
      estate={estate}
      initial={
        element
          ? {
              kind: element.kind,
              house_id: element.house_id ?? null,
              area_id: element.area_id ?? null,
              area_milli: element.area_milli ?? null,
              location: element.location,
              note: element.note,
            }
          : { kind: 'owned', ...defaults }
      }
    >
      {(waits) => (
        <>
          {!element && (
            <Item name="no" label={t('field.parking_no')} must>
              <Input autoFocus maxLength={40} />
            </Item>
          )}
          <CodeItem
            name="kind"
            label={t('field.parking_kind')}
            must
            group="parking_kind"
            codes={parkingKinds}
            extra={waits}
          />
          <Item name="house_id" label={t('field.of_house')}>
            <HouseField estate={estate} />
          </Item>
          <LocationItem hint={t('form.parking_where')} />
          <Item name="area_milli" label={t('field.area_milli')} extra={waits}>
            <MeasureField unit="m²" />
          </Item>
          <Item name="area_id" label={t('kind.area')} extra={waits}>
            <AreaSelect estate={estate} />
          </Item>
          <NoteItem />
        </>
      )}
    </ElementDrawer>
  );
}
