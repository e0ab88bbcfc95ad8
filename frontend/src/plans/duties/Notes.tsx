import { useQuery } from '@tanstack/react-query';
import { api, ok } from '@/api/client';
import { t } from '@/locales/plans';
import { labelled } from '@/ui/format';
import { PersonName } from '@/ui/PersonName';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { TimeText } from '@/ui/text';

/** What superiors noted of a duty, the newest first. */
export function Notes({ duty }: { duty: string }) {
  const notes = useQuery({
    queryKey: ['plans', 'notes', duty],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/supervision-notes', {
          params: { query: { obligation_id: duty, limit: 200 } },
          signal,
        }),
      ),
    meta: { kinds: ['supervision_note'] },
  });
  return (
    <Section title={t('notes.title')}>
      {notes.isPending && <Skeleton lines={2} />}
      {notes.isError && <ErrorView error={notes.error} retry={() => notes.refetch()} />}
      {notes.data?.items.length === 0 && <p className="muted">{t('notes.none')}</p>}
      <ul className="duty-list">
        {notes.data?.items.map((note) => (
          <li key={note.id}>
            <TimeText value={note.created_at} />{' '}
            <b>
              <PersonName id={note.superior_id} />
            </b>
            <p className="duty-text">{note.text}</p>
            {note.guidance && (
              <p className="duty-text">
                <span className="muted">{labelled(t('notes.guidance'))}</span>
                {note.guidance}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
