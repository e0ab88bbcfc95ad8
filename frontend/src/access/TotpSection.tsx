import { useRouter } from '@tanstack/react-router';
import { Alert, Button, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { refresh, tokenAtHand } from '@/api/token';
import { t } from '@/locales/access';
import { Section } from '@/ui/record';
import { Pill } from '@/ui/text';
import { toast } from '@/ui/toast';
import { useCopy } from './SecretOnce';
import { type Me, reloadMe } from './session';

const TotpSetup = lazy(() => import('./TotpSetup'));
const TotpRemove = lazy(() => import('./TotpRemove'));

/** Recovery codes just made; `held`: nothing else could be opened before, work goes on from here. */
export interface FreshCodes {
  codes: readonly string[];
  held: boolean;
}

/** One-time codes: set up with a QR code drawn here, recovery codes once, switched off by password. */
export function TotpSection(props: {
  me: Me;
  fresh: FreshCodes | null;
  setFresh: (fresh: FreshCodes | null) => void;
  print: () => void;
}) {
  const { me, fresh, setFresh, print } = props;
  const router = useRouter();
  const [open, setOpen] = useState<'setup' | 'remove' | null>(null);
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
      {fresh && (
        <div className="totp-codes">
          <Alert
            type="warning"
            showIcon
            title={t('recovery.title')}
            description={t('recovery.lead')}
            style={{ marginTop: 12 }}
          />
          <ul className="recovery">
            {fresh.codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
          <Button type="primary" onClick={print}>
            {t('recovery.print')}
          </Button>{' '}
          <Button onClick={() => copy(fresh.codes.join('\n'))}>{t('recovery.copy')}</Button>{' '}
          <Button
            onClick={() => {
              setFresh(null);
              if (fresh.held) router.history.push('/');
            }}
          >
            {t('recovery.done')}
          </Button>
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
              done={async (codes) => {
                setOpen(null);
                setFresh({ codes, held: me.totp_enrolment_required });
                // What the present token kept shut has opened, and the answer says what has changed.
                await refresh(tokenAtHand());
              }}
            />
          )}
          {open === 'remove' && (
            <TotpRemove
              done={async () => {
                setOpen(null);
                setFresh(null);
                await reloadMe();
                toast(t('totp.removed'));
              }}
            />
          )}
        </Suspense>
      </Modal>
    </Section>
  );
}
