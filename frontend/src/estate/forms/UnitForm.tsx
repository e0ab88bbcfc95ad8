import { Input } from 'antd';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { ElementDrawer, type FormProps } from './ElementDrawer';
import { BlockSelect, Item, NoteItem, NumberItem } from './fields';

/** A unit of a block. */
export default function UnitForm(props: FormProps<'unit'>) {
  const { element, defaults } = props;
  const { estate } = useEstate();
  return (
    <ElementDrawer
      {...props}
      kind="unit"
      initial={
        element
          ? { lifts: element.lifts ?? null, note: element.note }
          : { block_id: defaults?.block_id }
      }
    >
      {(waits) => (
        <>
          {!element && (
            <>
              <Item name="block_id" label={t('kind.block')} must>
                <BlockSelect
                  estate={defaults?.estate_id ?? estate}
                  autoFocus={!defaults?.block_id}
                />
              </Item>
              <Item name="no" label={t('field.unit_no')} must extra={t('form.unit_no_hint')}>
                <Input autoFocus={Boolean(defaults?.block_id)} maxLength={40} />
              </Item>
            </>
          )}
          <NumberItem name="lifts" label={t('field.lifts')} min={0} max={200} extra={waits} />
          <NoteItem />
        </>
      )}
    </ElementDrawer>
  );
}
