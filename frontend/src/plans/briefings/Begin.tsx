import { useState } from 'react';
import { api, idempotent } from '@/api/client';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/briefings';
import { uuidv7 } from '@/ui/uuid';

/** Begins a briefing that nobody prepared. */
export function Begin({ estate }: { estate: string }) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  async function begin() {
    setBusy(true);
    setFault('');
    try {
      const headers = idempotent(uuidv7());
      await api.POST('/api/v1/briefings', { body: { estate_id: estate }, headers });
      reloadKind('briefing');
    } catch (error) {
      setFault(sayError(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <p>
      <button type="button" className="btn" disabled={busy} onClick={begin}>
        {t('begin')}
      </button>{' '}
      {fault && <span role="alert">{fault}</span>}
    </p>
  );
}
