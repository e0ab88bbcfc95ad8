import { Alert, Form, Input } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { toast } from '@/ui/toast';
import type { Employee } from './EmployeesPage';

interface StatusFormProps {
  employee: Employee;
  status: Schema<'EmployeeStatus'>;
  close: () => void;
}

/** Hires, suspends, or lets a person go, from a day and with a reason. */
export default function StatusForm({ employee, status, close }: StatusFormProps) {
  return (
    <FormDrawer<{ on: string; reason: string }>
      open
      name={`org.employee.${employee.id}.${status}`}
      title={`${t.code('to', status)} · ${employee.name}`}
      initial={{ on: today() }}
      submitLabel={t.code('to', status)}
      onClose={close}
      lead={
        (status === 'left' || status === 'suspended') && (
          <Alert
            className="form-note"
            type="warning"
            showIcon
            title={t(status === 'left' ? 'status.left_hint' : 'status.suspended_hint')}
          />
        )
      }
      onSubmit={async ({ on, reason }, headers) => {
        await api.POST('/api/v1/employees/{id}/status', {
          params: { path: { id: employee.id } },
          body: { status, on, reason },
          headers,
        });
        toast(t('done.saved'));
        reloadKind('employee');
        reloadKind('assignment');
      }}
    >
      <Form.Item
        name="on"
        label={status === 'left' ? t('status.last_day') : t('field.from')}
        rules={[required(t('field.from'))]}
      >
        <DateField />
      </Form.Item>
      <Form.Item name="reason" label={t('field.reason')} rules={[required(t('field.reason'))]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
