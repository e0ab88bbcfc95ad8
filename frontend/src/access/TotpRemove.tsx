import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { api } from '@/api/client';
import { t } from '@/locales/access';
import { required, useProblem } from '@/ui/form';

/** Asks for the password before one-time codes are switched off. */
export default function TotpRemove({ done }: { done: () => void }) {
  const [form] = Form.useForm<{ password: string }>();
  const { problem, show, clear } = useProblem(form);
  const [busy, setBusy] = useState(false);
  async function remove(body: { password: string }) {
    setBusy(true);
    clear();
    try {
      await api.POST('/api/v1/me/totp/remove', { body });
      done();
    } catch (error) {
      show(error);
      setBusy(false);
    }
  }
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={remove}>
      <p>{t('totp.remove_text')}</p>
      {problem && <Alert type="error" showIcon title={problem} className="form-note" />}
      <Form.Item name="password" label={t('totp.password')} rules={[required(t('totp.password'))]}>
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" danger htmlType="submit" loading={busy}>
        {t('totp.remove')}
      </Button>
    </Form>
  );
}
