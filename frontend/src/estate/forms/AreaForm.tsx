import { Input } from 'antd';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { ElementDrawer, type FormProps } from './ElementDrawer';
import { Item, NoteItem } from './fields';

/** A part of the estate that a squad, a collector or a leader answers for. */
export default function AreaForm(props: FormProps<'area'>) {
  const { element } = props;
  const { estate } = useEstate();
  return (
    <ElementDrawer
      {...props}
      kind="area"
      estate={element?.estate_id ?? estate}
      initial={element ? { name: element.name, note: element.note } : {}}
    >
      {(waits) => (
        <>
          {!element && (
            <Item name="code" label={t('field.code')} must extra={t('form.code_hint')}>
              <Input autoFocus maxLength={40} />
            </Item>
          )}
          <Item name="name" label={t('field.name')} must extra={waits}>
            <Input autoFocus={Boolean(element)} maxLength={100} />
          </Item>
          <NoteItem />
        </>
      )}
    </ElementDrawer>
  );
}
