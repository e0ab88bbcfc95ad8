import type { Schema } from '@/api/client';
import { t as trail } from '@/locales/trail';
import { t } from '@/locales/ui';
import { formatTime } from '../format';
import { Section } from './RecordPage';

/** What a device sent too late to change anything: kept, never lost. */
export function LateNotes({ notes }: { notes: readonly Schema<'TrailLine'>[] | undefined }) {
  if (!notes?.length) return null;
  return (
    <Section title={t('record.late_notes')}>
      <ul className="late-notes">
        {notes.map((note) => (
          <li key={note.id}>
            {t('record.late_note', {
              name: note.employee_name ?? trail('by_system'),
              time: formatTime(note.occurred_at),
            })}
            {note.reason && <p className="muted">{note.reason}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
