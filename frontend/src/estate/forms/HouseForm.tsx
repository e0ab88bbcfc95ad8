import { Form, Input } from 'antd';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { MeasureField } from '@/ui/form';
import { houseStatuses, houseUses } from '../words';
import { ElementDrawer, type FormProps } from './ElementDrawer';
import { BlockSelect, CodeItem, Item, NoteItem, NumberItem, UnitSelect } from './fields';

/** A house: the door by block, unit and room; floor, area and use; how it stands today. */
export default function HouseForm(props: FormProps<'house'>) {
  const { element, defaults } = props;
  const chosen = useEstate();
  const estate = element?.estate_id ?? defaults?.estate_id ?? chosen.estate;
  return (
    <ElementDrawer
      {...props}
      kind="house"
      initial={
        element
          ? {
              status: element.status,
              use: element.use,
              area_milli: element.area_milli ?? null,
              floor: element.floor ?? null,
              note: element.note,
            }
          : {
              block_id: defaults?.block_id,
              unit_id: defaults?.unit_id,
              use: 'residential',
              status: 'vacant',
            }
      }
    >
      {(waits) => (
        <>
          {!element && <Door estate={estate} block={defaults?.block_id ?? null} />}
          <Item name="area_milli" label={t('field.built_area')} extra={waits}>
            <MeasureField unit="m²" />
          </Item>
          <CodeItem
            name="status"
            label={t('field.status')}
            must
            group="status"
            codes={houseStatuses}
          />
          <CodeItem
            name="use"
            label={t('field.use')}
            must
            group="use"
            codes={houseUses}
            extra={waits}
          />
          <NumberItem
            name="floor"
            label={t('field.floor')}
            min={-9}
            max={200}
            extra={waits ?? (element ? undefined : t('form.floor_hint'))}
          />
          <NoteItem />
        </>
      )}
    </ElementDrawer>
  );
}

/** What makes the number on the door; the units are those of the chosen block. */
function Door({ estate, block }: { estate: string; block: string | null }) {
  const form = Form.useFormInstance();
  const chosen: string | undefined = Form.useWatch('block_id', form);
  return (
    <>
      <Form.Item
        name="block_id"
        label={t('kind.block')}
        rules={[{ required: true, message: t('form.choose_block') }]}
      >
        <BlockSelect
          estate={estate}
          autoFocus={!block}
          // A unit of another block would be refused.
          onChange={(next) => form.setFieldsValue({ block_id: next, unit_id: null })}
        />
      </Form.Item>
      <Item name="unit_id" label={t('kind.unit')} extra={t('form.unit_hint')}>
        <UnitSelect estate={estate} block={chosen ?? null} autoFocus={Boolean(block)} />
      </Item>
      <Item name="room" label={t('field.room')} must extra={t('form.room_hint')}>
        <Input maxLength={40} />
      </Item>
    </>
  );
}
