import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { t } from '@/locales/org';
import { DateField, FormDrawer, required } from '@/ui/form';
import { today } from '@/ui/format';

interface Values {
  valid_until: string;
  reason: string;
}

interface EndFormProps {
  title: string;
  name: string;
  lead?: ReactNode;
  send: (body: Values, headers: Record<string, string>) => Promise<void>;
  close: () => void;
}

/** The first day on which something holds no longer, and why. */
export default function EndForm({ title, name, lead, send, close }: EndFormProps) {
  return (
    <FormDrawer<Values>
      open
      name={name}
      title={title}
      initial={{ valid_until: today() }}
      lead={lead && <p>{lead}</p>}
      onClose={close}
      onSubmit={send}
    >
      <Form.Item
        name="valid_until"
        label={t('field.ends_from')}
        extra={t('field.ends_hint')}
        rules={[required(t('field.ends_from'))]}
      >
        <DateField />
      </Form.Item>
      <Form.Item name="reason" label={t('field.reason')} rules={[required(t('field.reason'))]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
