import { Form, Input, Select } from 'antd';
import { PermissionPicker } from '@/access/PermissionPicker';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { t as access } from '@/locales/access';
import { t } from '@/locales/system';
import { FormDrawer, required } from '@/ui/form';

type Values = Schema<'NewService'>;

interface NewServiceProps {
  close: () => void;
  done: (made: Schema<'Service'>) => void;
}

/** A service account: what it is for, where, and which rights it needs. */
export default function NewService({ close, done }: NewServiceProps) {
  const me = useMe();
  const all = me.permissions.filter((code) => !code.startsWith('self.'));
  return (
    <FormDrawer<Values>
      open
      name="system.service"
      title={t('services.new')}
      initial={{ estates: me.estates.length === 1 ? me.estates.map((one) => one.id) : [] }}
      onClose={close}
      onSubmit={async (body, headers) =>
        done(await ok(api.POST('/api/v1/services', { body, headers })))
      }
    >
      <Form.Item
        name="display_name"
        label={t('services.name')}
        extra={t('services.name_hint')}
        rules={[required(t('services.name'))]}
      >
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item
        name="username"
        label={t('services.username')}
        extra={t('services.username_hint')}
        rules={[required(t('services.username'))]}
      >
        <Input autoComplete="off" autoCapitalize="none" maxLength={60} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('services.reason')}
        rules={[required(t('services.reason'))]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item
        name="estates"
        label={t('services.estates')}
        rules={[{ required: true, message: t('services.estates_required') }]}
      >
        <Select
          mode="multiple"
          options={me.estates.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={t('services.permissions')}
        rules={[{ required: true, message: access('picker.required') }]}
      >
        <PermissionPicker held={all} />
      </Form.Item>
    </FormDrawer>
  );
}
