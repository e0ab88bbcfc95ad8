import { Form, Input } from 'antd';
import { t } from '@/locales/notices';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';
import { test } from './Channels';

/** Sends a mail to try the mail server out. */
export default function TestMail({ estate, close }: { estate: string; close: () => void }) {
  return (
    <FormDrawer<{ address: string }>
      open
      name="notices.test_mail"
      title={t('channels.test')}
      unkept={['address']}
      onClose={close}
      onSubmit={async ({ address }, headers) => {
        await test('email', { estate_id: estate, address }, headers);
        toast(t('channels.tested'));
      }}
    >
      <Form.Item
        name="address"
        label={t('channels.test_to')}
        rules={[required(t('channels.test_to'))]}
      >
        <Input type="email" maxLength={254} autoComplete="email" />
      </Form.Item>
    </FormDrawer>
  );
}
