import { useState } from 'react';
import { api, idempotent, type Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/briefings';
import { t as trail } from '@/locales/trail';
import { Native } from '@/ui/form/Native';
import { uuidv7 } from '@/ui/uuid';
import { type CountedRecord, type Detail, useSamples } from './data';
import { RecordLink } from './FigureCards';

const FINDINGS = ['in_order', 'finding'] as const;

/** A few records of the day before, each looked at and noted in one line. */
export function Samples({ it }: { it: Detail }) {
  const drawn = useSamples(it.id);
  if (!drawn.data) return null;
  return (
    <section>
      <h3>{t('samples')}</h3>
      <p className="muted">{t(drawn.data.length > 0 ? 'samples_hint' : 'samples_none')}</p>
      <ul className="briefing-list">
        {drawn.data.map((record) => (
          <Sample key={record.id} briefing={it.id} record={record} />
        ))}
      </ul>
    </section>
  );
}

function Sample({ briefing, record }: { briefing: string; record: CountedRecord }) {
  const [finding, setFinding] = useState<Schema<'CheckFinding'>>('in_order');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  async function keep() {
    setBusy(true);
    setFault('');
    try {
      await api.POST('/api/v1/briefings/{id}/checks', {
        params: { path: { id: briefing } },
        body: {
          record: { kind: record.kind, id: record.id },
          finding,
          note: note.trim() || null,
        },
        headers: idempotent(uuidv7()),
      });
      reloadKind('briefing');
    } catch (error) {
      setFault(sayError(error));
      setBusy(false);
    }
  }
  return (
    <li>
      <div className="briefing-row">
        <span>
          {trail.code('kind', record.kind)} <RecordLink record={record} />
        </span>
        <Native
          label={t('finding', { record: record.label })}
          options={FINDINGS.map((value) => ({ value, label: t.code('finding', value) }))}
          value={finding}
          onChange={setFinding}
        />
        {finding === 'finding' && (
          <input
            className="input"
            aria-label={t('finding_note', { record: record.label })}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
        <button
          type="button"
          className="btn"
          disabled={busy || (finding === 'finding' && note.trim() === '')}
          aria-label={`${t('check')} ${record.label}`}
          onClick={keep}
        >
          {t('check')}
        </button>
      </div>
      {fault && (
        <p className="notice notice-late" role="alert">
          {fault}
        </p>
      )}
    </li>
  );
}
