import { t } from '@/locales/base';

/** A resident's report without an account: no antd, phone first. */
export function ReportPage(_: { estate?: string; code?: string }) {
  return (
    <main style={{ maxWidth: 480, margin: '0 auto', padding: 24 }}>
      <h1>{t('product')}</h1>
    </main>
  );
}
