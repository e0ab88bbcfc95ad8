import { Form, Input, Select } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { useEstate } from '@/org/lookups';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';

type Values = Schema<'NewCorrection'>;
const KINDS = ['meter', 'tariff', 'bill', 'receipt', 'payment', 'vehicle'] as const;

/** Proposes to put a value of the charging data right. */
export default function NewCorrection({ close }: { close: () => void }) {
  const { estate } = useEstate();
  const text = (
    name: 'record_ref' | 'field' | 'before_value' | 'after_value',
    label: string,
    maxLength: number,
  ) => (
    <Form.Item name={name} label={label} rules={[required(label)]}>
      <Input maxLength={maxLength} />
    </Form.Item>
  );
  return (
    <FormDrawer<Values>
      open
      name="system.correction"
      title={t('correction.new')}
      initial={{ record_kind: 'bill' }}
      onClose={close}
      onSubmit={async (values, headers) => {
        const body = { ...values, estate_id: estate || null };
        await api.POST('/api/v1/data-corrections', { body, headers });
        toast(t('correction.sent'));
        reloadKind('data_correction');
      }}
    >
      <Form.Item
        name="record_kind"
        label={t('correction.record')}
        rules={[required(t('correction.record'))]}
      >
        <Select
          options={KINDS.map((value) => ({ value, label: t.code('correction.kind', value) }))}
        />
      </Form.Item>
      {text('record_ref', t('correction.ref'), 40)}
      {text('field', t('correction.field'), 40)}
      {text('before_value', t('correction.before'), 100)}
      {text('after_value', t('correction.after'), 100)}
      <Form.Item name="reason" label={t('field.reason')} rules={[required(t('field.reason'))]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
