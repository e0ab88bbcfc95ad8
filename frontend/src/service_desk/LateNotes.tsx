import type { Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { t as trail } from '@/locales/trail';
import { formatTime } from '@/ui/format';
import { Section } from '@/ui/record';

/** What a device sent too late to change anything: kept, never lost. */
export function LateNotes({ notes }: { notes: readonly Schema<'TrailLine'>[] | undefined }) {
  if (!notes?.length) return null;
  return (
    <Section title={t('order.late_notes')}>
      <ul className="sd-lines">
        {notes.map((note) => (
          <li key={note.id}>
            {t('late.line', {
              name: note.employee_name ?? trail('by_system'),
              time: formatTime(note.occurred_at),
            })}
            {note.reason && <p className="sd-text muted">{note.reason}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
