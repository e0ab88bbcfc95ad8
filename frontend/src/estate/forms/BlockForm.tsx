import { Input } from 'antd';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { blockKinds } from '../words';
import { ElementDrawer, type FormProps } from './ElementDrawer';
import { AreaSelect, CodeItem, Item, LocationItem, NoteItem, NumberItem } from './fields';

/** A block: its label in house numbers, how it is built, where it stands. */
export default function BlockForm(props: FormProps<'block'>) {
  const { element, defaults } = props;
  const chosen = useEstate();
  const estate = element?.estate_id ?? chosen.estate;
  return (
    <ElementDrawer
      {...props}
      kind="block"
      estate={estate}
      initial={
        element
          ? {
              name: element.name,
              kind: element.kind,
              area_id: element.area_id ?? null,
              location: element.location,
              floors_above: element.floors_above ?? null,
              floors_below: element.floors_below ?? null,
              note: element.note,
            }
          : { kind: 'high_rise', ...defaults }
      }
    >
      {(waits) => (
        <>
          {!element && (
            <Item name="no" label={t('field.block_no')} must extra={t('form.block_no_hint')}>
              <Input autoFocus maxLength={40} />
            </Item>
          )}
          <Item
            name="name"
            label={t('field.name')}
            must={Boolean(element)}
            extra={waits ?? (element ? undefined : t('form.name_hint'))}
          >
            <Input maxLength={100} />
          </Item>
          <CodeItem
            name="kind"
            label={t('field.block_kind')}
            must
            group="block_kind"
            codes={blockKinds}
            extra={waits}
          />
          <Item name="area_id" label={t('kind.area')} extra={waits}>
            <AreaSelect estate={estate} />
          </Item>
          <NumberItem
            name="floors_above"
            label={t('field.floors_above')}
            min={0}
            max={200}
            extra={waits}
          />
          <NumberItem
            name="floors_below"
            label={t('field.floors_below')}
            min={0}
            max={200}
            extra={waits}
          />
          <LocationItem hint={t('form.block_where')} />
          <NoteItem />
        </>
      )}
    </ElementDrawer>
  );
}
