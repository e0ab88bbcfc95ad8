import { Form, Input, Radio } from 'antd';
import { api, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { PersonSelect } from '@/org/selects';
import { FormDrawer, required } from '@/ui/form';
import { toast } from '@/ui/toast';

type Values = Schema<'NewAccountRequest'>;

/** Asks for an account for a person; the deputy manager grants it. */
export default function NewAccountRequest({ close }: { close: () => void }) {
  return (
    <FormDrawer<Values>
      open
      name="system.account-request"
      title={t('request.new')}
      initial={{ kind: 'open' }}
      lead={<p className="muted">{t('request.lead')}</p>}
      onClose={close}
      onSubmit={async ({ username, ...values }, headers) => {
        const body = { ...values, username: username?.trim() || null };
        await api.POST('/api/v1/account-requests', { body, headers });
        toast(t('request.sent'));
        reloadKind('account_request');
      }}
    >
      <Form.Item
        name="employee_id"
        label={t('account.person')}
        rules={[required(t('account.person'))]}
      >
        <PersonSelect autoFocus />
      </Form.Item>
      <Form.Item name="kind" label={t('request.what')}>
        <Radio.Group
          options={['open', 'enable', 'disable'].map((value) => ({
            value,
            label: t.code('request.kind', value),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'open' && (
            <Form.Item
              name="username"
              label={t('account.username')}
              extra={t('request.username_hint')}
            >
              <Input autoComplete="off" autoCapitalize="none" maxLength={60} />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="reason" label={t('field.reason')} rules={[required(t('field.reason'))]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  );
}
