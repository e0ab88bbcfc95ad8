import { useRouter } from '@tanstack/react-router';
import { Form, Input } from 'antd';
import { api, ifMatch, ok } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import type { Employee } from './EmployeesPage';
import { etagOf } from './lookups';

interface Values {
  no?: string;
  name: string;
  phone?: string;
}

const kept = (text: string | undefined) => text?.trim() || null;

/** Enters a person as a candidate, or changes the data of one. */
export default function EmployeeForm(props: { employee?: Employee; close: () => void }) {
  const { employee, close } = props;
  const router = useRouter();
  const phone = employee?.phone;
  return (
    <FormDrawer<Values>
      open
      name={`org.employee.${employee?.id ?? 'new'}`}
      title={employee ? t('employee.change', { name: employee.name }) : t('employees.new')}
      initial={
        employee
          ? {
              no: employee.no,
              name: employee.name,
              // A masked number must not be sent back as if it were the number.
              ...(phone?.value && !phone.masked ? { phone: phone.value } : {}),
            }
          : {}
      }
      onClose={close}
      onSubmit={async (values, headers) => {
        const body = { name: values.name.trim(), no: kept(values.no), phone: kept(values.phone) };
        if (employee) {
          await api.PATCH('/api/v1/employees/{id}', {
            params: { path: { id: employee.id } },
            body,
            headers: ifMatch(etagOf(employee.version)),
          });
          toast(t('done.saved'));
          reloadKind('employee');
        } else {
          const made = await ok(api.POST('/api/v1/employees', { body, headers }));
          reloadKind('employee');
          router.history.push(`/org/employees/${made.id}`);
        }
      }}
    >
      <Form.Item name="name" label={t('employee.name')} rules={[required(t('employee.name'))]}>
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item
        name="phone"
        label={t('employee.phone')}
        extra={phone?.masked ? t('employee.masked_hint') : undefined}
      >
        <Input
          inputMode="tel"
          maxLength={30}
          placeholder={phone?.masked ? (phone.value ?? '') : ''}
        />
      </Form.Item>
      <Form.Item
        name="no"
        label={t('employee.no')}
        extra={employee ? undefined : t('employee.no_hint')}
      >
        <Input maxLength={40} />
      </Form.Item>
    </FormDrawer>
  );
}
