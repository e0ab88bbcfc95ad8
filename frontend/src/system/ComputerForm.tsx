import { Form, Input, Select } from 'antd';
import { api, ifMatch, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { etagOf, useEstate } from '@/org/lookups';
import { PersonSelect } from '@/org/selects';
import { DateField, FormDrawer, required } from '@/ui/form';
import { type Computer, PLACES } from './ComputersPage';

interface Values {
  no: string;
  place: Schema<'ComputerPlace'>;
  custodian_id: string;
  software: string[];
  note: string | null;
  retired_on: string | null;
}

/** Registers a computer, or changes where it stands and who answers for it. */
export default function ComputerForm(props: { computer: Computer | undefined; close: () => void }) {
  const { computer, close } = props;
  const { estate } = useEstate();
  return (
    <FormDrawer<Values>
      open
      name={`system.computer.${computer?.id ?? 'new'}`}
      title={computer ? computer.no : t('computer.new')}
      initial={
        computer
          ? {
              place: computer.place as Values['place'],
              custodian_id: computer.custodian_id,
              software: computer.software,
              note: computer.note ?? null,
              retired_on: computer.retired_on ?? null,
            }
          : { place: 'desk', software: [] }
      }
      onClose={close}
      onSubmit={async ({ no, retired_on, ...values }, headers) => {
        const note = values.note?.trim() || null;
        if (computer) {
          await api.PATCH('/api/v1/computers/{id}', {
            params: { path: { id: computer.id } },
            body: { ...values, note, retired_on },
            headers: ifMatch(etagOf(computer.version)),
          });
        } else {
          await api.POST('/api/v1/computers', {
            body: { ...values, no, note, estate_id: estate || null },
            headers,
          });
        }
        reloadKind('computer');
      }}
    >
      {!computer && (
        <Form.Item
          name="no"
          label={t('computer.no')}
          extra={t('computer.no_hint')}
          rules={[required(t('computer.no'))]}
        >
          <Input autoFocus maxLength={40} />
        </Form.Item>
      )}
      <Form.Item name="place" label={t('computer.place')} rules={[required(t('computer.place'))]}>
        <Select options={PLACES.map((value) => ({ value, label: t.code('place', value) }))} />
      </Form.Item>
      <Form.Item
        name="custodian_id"
        label={t('computer.custodian')}
        rules={[required(t('computer.custodian'))]}
      >
        <PersonSelect
          known={computer && { id: computer.custodian_id, name: computer.custodian_name }}
        />
      </Form.Item>
      <Form.Item name="software" label={t('computer.software')} extra={t('computer.software_hint')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="note" label={t('computer.note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      {computer && (
        <Form.Item name="retired_on" label={t('computer.retired_on')}>
          <DateField />
        </Form.Item>
      )}
    </FormDrawer>
  );
}
