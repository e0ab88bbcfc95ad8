import { Form, Input } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';
import { toast } from '@/ui/toast';
import { PersonSelect } from './selects';

/** A duty of the manager's own, given to the assistant in words. */
export default function NewDuty({ estate, close }: { estate: string; close: () => void }) {
  return (
    <FormDrawer<Schema<'NewEntrustedDuty'>>
      open
      name={`org.duty.${estate}`}
      title={t('duty.new')}
      initial={{ valid_from: today() }}
      onClose={close}
      onSubmit={async (body, headers) => {
        await api.POST('/api/v1/entrusted-duties', {
          body: { ...body, estate_id: estate },
          headers,
        });
        toast(t('done.saved'));
        reloadKind('entrusted_duty');
      }}
    >
      <Form.Item name="duty" label={t('duty.duty')} rules={[required(t('duty.duty'))]}>
        <Input.TextArea autoFocus rows={3} maxLength={500} placeholder={t('duty.hint')} />
      </Form.Item>
      <Form.Item name="to_employee_id" label={t('duty.to')} extra={t('duty.to_hint')}>
        <PersonSelect post="ASSTMGR" />
      </Form.Item>
      <Form.Item name="valid_from" label={t('field.from')} rules={[required(t('field.from'))]}>
        <DateField />
      </Form.Item>
      <Form.Item name="valid_until" label={t('field.ends_from')} extra={t('duty.until_hint')}>
        <DateField />
      </Form.Item>
    </FormDrawer>
  );
}
