import { CopyOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { t } from '@/locales/access';
import { toast, toastError } from '@/ui/toast';
import './account.css';

/** A secret that the server shows this once (token, first password), with a button to copy it. */
export function SecretOnce({ secret, lead }: { secret: string; lead?: string }) {
  const copy = useCopy();
  return (
    <>
      <Alert type="warning" showIcon title={lead ?? t('once.lead')} />
      <div className="once">
        <code>{secret}</code>
        <Button type="primary" icon={<CopyOutlined />} onClick={() => copy(secret)}>
          {t('once.copy')}
        </Button>
      </div>
    </>
  );
}

/** Copies and says so; without the right (plain HTTP in a network) it says to select by hand. */
export function useCopy() {
  return (text: string) =>
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('none'))).then(
      () => toast(t('once.copied')),
      () => toastError(t('once.copy_failed')),
    );
}
