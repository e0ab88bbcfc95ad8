import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, QRCode } from 'antd';
import { useState } from 'react';
import { api, ok } from '@/api/client';
import { t } from '@/locales/access';
import { required, useProblem } from '@/ui/form';
import { ErrorView, Skeleton } from '@/ui/StateView';

/** The secret as picture and text, and the first code that proves it arrived. */
export default function TotpSetup({ done }: { done: (codes: string[]) => void }) {
  const [form] = Form.useForm<{ code: string }>();
  const { problem, show, clear } = useProblem(form);
  const [busy, setBusy] = useState(false);
  // Each asking makes a new secret: asked once, when the window opens.
  const secret = useQuery({
    queryKey: ['totp', 'start'],
    queryFn: () => ok(api.POST('/api/v1/me/totp', { body: {} })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  async function confirm({ code }: { code: string }) {
    setBusy(true);
    clear();
    try {
      const body = { code: code.replace(/\s/g, '') };
      done((await ok(api.POST('/api/v1/me/totp/confirm', { body }))).codes);
    } catch (error) {
      show(error);
      setBusy(false);
    }
  }
  if (secret.isPending) return <Skeleton lines={4} />;
  if (secret.isError) return <ErrorView error={secret.error} retry={() => secret.refetch()} />;
  const grouped = secret.data.secret.match(/.{1,4}/g)?.join(' ') ?? secret.data.secret;
  return (
    <div className="totp-setup">
      <h3>{t('totp.step_scan')}</h3>
      <div className="totp-qr">
        <QRCode
          type="svg"
          aria-label={t('totp.qr')}
          value={secret.data.otpauth_url}
          size={168}
          bordered={false}
          color="#000"
          bgColor="#fff"
          styles={{ root: { padding: 0 } }}
        />
      </div>
      <div>
        <p className="muted">{t('totp.step_scan_hint')}</p>
        <p style={{ marginTop: 12 }}>{t('totp.secret')}</p>
        <code className="totp-secret">{grouped}</code>
      </div>
      <h3>{t('totp.step_code')}</h3>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={confirm}
        style={{ gridColumn: '1 / -1' }}
      >
        {problem && <Alert type="error" showIcon title={problem} className="form-note" />}
        <Form.Item name="code" label={t('totp.code')} rules={[required(t('totp.code'))]}>
          <Input
            autoFocus
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={10}
            style={{ maxWidth: 200 }}
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('totp.confirm')}
        </Button>
      </Form>
    </div>
  );
}
