import { Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { t } from '@/locales/estate';
import { required } from '@/ui/form';
import { useAreas, useBlocks, useUnits } from '../lookups';
import { options } from '../words';

interface ChoiceProps {
  id?: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
  autoFocus?: boolean;
  estate: string;
}

/** A choice among rows that are all at hand, found by typing. */
function Choice(props: Omit<ChoiceProps, 'estate'> & { of: { value: string; label: string }[] }) {
  const { of, onChange, value, ...rest } = props;
  return (
    <Select
      {...rest}
      // A value whose row is not there yet would show its id.
      value={of.some((one) => one.value === value) ? value : null}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('form.choose')}
      options={of}
      onChange={(next) => onChange?.(next ?? null)}
    />
  );
}

export const AreaSelect = ({ estate, ...rest }: ChoiceProps) => (
  <Choice {...rest} of={useAreas(estate).map((area) => ({ value: area.id, label: area.name }))} />
);

export const BlockSelect = ({ estate, ...rest }: ChoiceProps) => (
  <Choice
    {...rest}
    of={useBlocks(estate).map((block) => ({ value: block.id, label: block.name }))}
  />
);

export function UnitSelect({ estate, block, ...rest }: ChoiceProps & { block: string | null }) {
  const units = useUnits(estate, block);
  return (
    <Choice
      {...rest}
      of={units.map((unit) => ({ value: unit.id, label: t('unit.called', { no: unit.no }) }))}
    />
  );
}

interface ItemProps {
  name: string;
  label: string;
  extra?: ReactNode;
  must?: boolean;
  children: ReactNode;
}

/** A field named as in the request body. */
export const Item = ({ name, label, extra, must, children }: ItemProps) => (
  <Form.Item name={name} label={label} extra={extra} rules={must ? [required(label)] : []}>
    {children}
  </Form.Item>
);

/** A choice among the words of a group. */
export function CodeItem(
  props: Omit<ItemProps, 'children'> & { group: string; codes: readonly string[] },
) {
  const { group, codes, ...item } = props;
  return (
    <Item {...item}>
      <Select options={options(group, codes)} placeholder={t('form.choose')} />
    </Item>
  );
}

/** A whole number. */
export function NumberItem(props: Omit<ItemProps, 'children'> & { min: number; max: number }) {
  const { min, max, ...item } = props;
  return (
    <Item {...item}>
      <InputNumber<number>
        min={min}
        max={max}
        precision={0}
        controls={false}
        style={{ width: '100%' }}
      />
    </Item>
  );
}

export const LocationItem = ({ hint }: { hint: string }) => (
  <Item name="location" label={t('field.location')}>
    <Input maxLength={200} placeholder={hint} />
  </Item>
);

export const NoteItem = () => (
  <Item name="note" label={t('field.note')}>
    <Input.TextArea rows={2} maxLength={500} />
  </Item>
);
