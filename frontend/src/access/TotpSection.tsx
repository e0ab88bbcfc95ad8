import { Alert, App, Button, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { t } from '@/locales/access';
import { Section } from '@/ui/record';
import { Pill } from '@/ui/text';
import { useCopy } from './SecretOnce';
import { type Me, reloadMe } from './session';

const TotpSetup = lazy(() => import('./TotpSetup'));
const TotpRemove = lazy(() => import('./TotpRemove'));

/** One-time codes: set up with a QR code drawn here, recovery codes once, switched off by password. */
export function TotpSection(props: { me: Me; print: (codes: readonly string[]) => void }) {
  const { me, print } = props;
  const { message } = App.useApp();
  const [open, setOpen] = useState<'setup' | 'remove' | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const copy = useCopy();
  const on = me.totp_enabled;
  return (
    <Section
      title={t('totp.title')}
      extra={
        <>
          <Pill tone={on ? 'ok' : 'plain'}>{on ? t('totp.on') : t('totp.off')}</Pill>{' '}
          {on ? (
            <Button onClick={() => setOpen('remove')}>{t('totp.remove')}</Button>
          ) : (
            <Button type="primary" onClick={() => setOpen('setup')}>
              {t('totp.start')}
            </Button>
          )}
        </>
      }
    >
      <p className="muted">{t('totp.lead')}</p>
      {me.totp_enrolment_required && !on && (
        <Alert type="warning" showIcon title={t('totp.required')} style={{ marginTop: 12 }} />
      )}
      {codes && (
        <div className="totp-codes">
          <Alert
            type="warning"
            showIcon
            title={t('recovery.title')}
            description={t('recovery.lead')}
            style={{ marginTop: 12 }}
          />
          <ul className="recovery">
            {codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
          <Button type="primary" onClick={() => print(codes)}>
            {t('recovery.print')}
          </Button>{' '}
          <Button onClick={() => copy(codes.join('\n'))}>{t('recovery.copy')}</Button>{' '}
          <Button onClick={() => setCodes(null)}>{t('recovery.done')}</Button>
        </div>
      )}
      <Modal
        open={open !== null}
        title={open === 'remove' ? t('totp.remove_title') : t('totp.start')}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(null)}
      >
        <Suspense>
          {open === 'setup' && (
            <TotpSetup
              done={async (fresh) => {
                setOpen(null);
                setCodes(fresh);
                await reloadMe();
              }}
            />
          )}
          {open === 'remove' && (
            <TotpRemove
              done={async () => {
                setOpen(null);
                setCodes(null);
                await reloadMe();
                message.success(t('totp.removed'));
              }}
            />
          )}
        </Suspense>
      </Modal>
    </Section>
  );
}
