import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { t as phone } from '@/locales/phone';
import { t } from '@/locales/tasks';
import { dropDraft, keepDraft, readDraft } from '@/ui/form/draft';
import { BigButton, Field, Photos, Screen } from '@/ui/phone';
import { act, type Task } from './tasks';

/** Reporting done: photo, words, sent; without network it waits and counts from now. */
export function ReportForm({ task, close }: { task: Task; close: () => void }) {
  const router = useRouter();
  const place = `org.task.report.${task.id}`;
  const [result, setResult] = useState(() => readDraft<{ result: string }>(place)?.result ?? '');
  const [photos, setPhotos] = useState<File[]>([]);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  useEffect(() => keepDraft(place, { result }), [place, result]);
  // The way back must be there when the network is not.
  useEffect(() => void router.preloadRoute({ to: '/m/tasks' }), [router]);

  async function send(event: FormEvent) {
    event.preventDefault();
    if (!result.trim()) return setMissing(true);
    setBusy(true);
    const files = photos.map((photo) => ({
      pointer: '/file_ids/-',
      name: photo.name,
      blob: photo,
    }));
    const kept = await act(task, 'report-done', { result: result.trim() }, files);
    setBusy(false);
    if (!kept) return;
    dropDraft(place);
    router.history.push('/m/tasks');
  }
  return (
    <Screen
      title={task.title}
      dock={
        <>
          <BigButton kind="primary" type="submit" form="report" disabled={busy}>
            {t('action.report_done')}
          </BigButton>
          <BigButton onClick={close}>{phone('cancel')}</BigButton>
        </>
      }
    >
      <form id="report" onSubmit={send} noValidate>
        <Photos photos={photos} onChange={setPhotos} />
        <Field
          label={t('phone.result')}
          {...(missing && !result.trim() && { error: t('phone.result_missing') })}
        >
          {(ids) => (
            <textarea
              {...ids}
              className="input"
              // biome-ignore lint/a11y/noAutofocus: one tap less with gloves on
              autoFocus
              rows={4}
              maxLength={4000}
              value={result}
              onChange={(event) => setResult(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Screen>
  );
}
