import { useRouter } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { api } from '@/api/client';
import { t as b } from '@/locales/base';
import { t } from '@/locales/shell';
import { t as u } from '@/locales/ui';
import { useProblem } from '@/ui/form/useProblem';
import { toast } from '@/ui/toast';
import { signIn, signOut, useMe } from './session';

interface Values {
  current: string;
  new: string;
  repeat: string;
}

/** Sets one's own password; at the first login nothing else can be done before. */
export function PasswordPage() {
  const me = useMe();
  const router = useRouter();
  const [form] = Form.useForm<Values>();
  const { problem, show, clear } = useProblem(form);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${t('password.title')} · ${b('product')}`;
  }, []);

  async function save(values: Values) {
    setBusy(true);
    clear();
    try {
      await api.POST('/api/v1/me/password', {
        body: { current: values.current, new: values.new },
      });
      // Every session has ended with the old password, this one too: enter again by the new one.
      toast(t('password.done'));
      if (me.totp_enabled) await signOut();
      else await signIn(me.username, values.new);
      router.history.push('/');
    } catch (error) {
      show(error);
    } finally {
      setBusy(false);
    }
  }
  const required = (label: string) => ({
    required: true,
    message: u('form.required', { label }),
  });

  return (
    <section style={{ maxWidth: 420 }}>
      <h1 style={{ marginBottom: 16 }}>{t('password.title')}</h1>
      {me.must_change_password && (
        <Alert type="info" showIcon title={t('password.must')} style={{ marginBottom: 16 }} />
      )}
      {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} />}
      <Form form={form} layout="vertical" onFinish={save} requiredMark={false}>
        <input hidden readOnly name="username" autoComplete="username" value={me.username} />
        <Form.Item
          name="current"
          label={t('password.current')}
          rules={[required(t('password.current'))]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="new"
          label={t('password.new')}
          extra={t('password.rule')}
          rules={[required(t('password.new'))]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="repeat"
          label={t('password.repeat')}
          dependencies={['new']}
          rules={[
            required(t('password.repeat')),
            ({ getFieldValue }) => ({
              validator: async (_, value) => {
                if (value && value !== getFieldValue('new')) {
                  throw new Error(t('password.differs'));
                }
              },
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('password.save')}
        </Button>
      </Form>
    </section>
  );
}
