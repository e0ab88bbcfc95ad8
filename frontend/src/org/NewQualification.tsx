import { Form, Input, Select } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { CATEGORIES, categoryWords } from './categories';
import type { Employee } from './EmployeesPage';

type Values = Omit<Schema<'NewQualification'>, 'employee_id'>;

/** Enters what a technician may work on, with the certificate behind it. */
export default function NewQualification(props: { employee: Employee; close: () => void }) {
  const { employee, close } = props;
  return (
    <FormDrawer<Values>
      open
      name={`org.qualification.${employee.id}`}
      title={`${t('qualifications.new')} · ${employee.name}`}
      initial={{ valid_from: today() }}
      onClose={close}
      onSubmit={async (values, headers) => {
        await api.POST('/api/v1/qualifications', {
          body: { ...values, employee_id: employee.id },
          headers,
        });
        reloadKind('qualification');
      }}
    >
      <Form.Item
        name="category_code"
        label={t('qualifications.category')}
        rules={[required(t('qualifications.category'))]}
      >
        <Select
          autoFocus
          options={CATEGORIES.map((code) => ({ value: code, label: categoryWords(code) }))}
        />
      </Form.Item>
      <Form.Item name="evidence" label={t('qualifications.evidence')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="valid_from" label={t('field.from')} rules={[required(t('field.from'))]}>
        <DateField />
      </Form.Item>
      <Form.Item name="valid_until" label={t('field.ends_from')} extra={t('field.ends_hint')}>
        <DateField />
      </Form.Item>
    </FormDrawer>
  );
}
