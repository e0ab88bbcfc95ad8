import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api, idempotent, ok, type Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { send } from '@/api/send';
import { t } from '@/locales/report';
import { Choices, Field, Photos } from '@/ui/phone';
import { local } from '@/ui/store';
import { uuidv7 } from '@/ui/uuid';

type Kind = Schema<'ReportKind'>;
const kinds: Kind[] = ['repair', 'complaint', 'suggestion', 'praise', 'enquiry'];

interface Values {
  kind: Kind;
  text: string;
  location: string;
  contact_name: string;
  contact_phone: string;
}
const blank: Values = {
  kind: 'repair',
  text: '',
  location: '',
  contact_name: '',
  contact_phone: '',
};
const DRAFT = 'wuye.report';

/** What and where, a photo, and how to reach the person; only one sentence is demanded. */
export function ReportForm({ estate, done }: { estate: string; done: (code: string) => void }) {
  const [values, setValues] = useState<Values>(() => ({
    ...blank,
    ...local.getJson<Partial<Values>>(DRAFT),
  }));
  const [photos, setPhotos] = useState<File[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  // A photo that arrived is not sent again when the report itself has to be repeated.
  const uploaded = useRef(new Map<File, string>());
  // The same report sent again is one report: its key lasts as long as its words do.
  const sent = useRef({ words: '', key: '' });
  const text = useRef<HTMLTextAreaElement>(null);
  const set = (some: Partial<Values>) => setValues((now) => ({ ...now, ...some }));
  useEffect(() => local.set(DRAFT, JSON.stringify(values)), [values]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (!values.text.trim()) {
      setMissing(true);
      text.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const file_ids = await sendPhotos(estate, photos, uploaded.current);
      const body = {
        kind: values.kind,
        text: values.text.trim(),
        location: values.location.trim() || null,
        contact_name: values.contact_name.trim() || null,
        contact_phone: values.contact_phone.trim() || null,
        file_ids,
      };
      const words = JSON.stringify(body);
      if (sent.current.words !== words) sent.current = { words, key: uuidv7() };
      const answer = await ok(
        api.POST('/api/v1/public/estates/{code}/reports', {
          params: { path: { code: estate } },
          body,
          headers: idempotent(sent.current.key),
        }),
      );
      local.set(DRAFT, null);
      done(answer.tracking_code);
    } catch (error) {
      setProblem(sayError(error));
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <Choices
        label={t('what')}
        value={values.kind}
        onChange={(kind) => set({ kind })}
        options={kinds.map((value) => ({ value, label: t.code('kind', value) }))}
      />
      <Field
        label={t('text')}
        hint={t('text_hint')}
        {...(missing && !values.text.trim() && { error: t('text_needed') })}
      >
        {(ids) => (
          <textarea
            {...ids}
            ref={text}
            className="input"
            rows={3}
            maxLength={2000}
            value={values.text}
            onChange={(event) => set({ text: event.target.value })}
          />
        )}
      </Field>
      <Photos photos={photos} onChange={setPhotos} />
      <Line
        label={t('place')}
        hint={t('place_hint')}
        value={values.location}
        set={(location) => set({ location })}
      />
      <Line
        label={`${t('name')} (${t('optional')})`}
        autoComplete="name"
        value={values.contact_name}
        set={(contact_name) => set({ contact_name })}
      />
      <Line
        label={`${t('phone')} (${t('optional')})`}
        hint={t('privacy')}
        autoComplete="tel"
        value={values.contact_phone}
        set={(contact_phone) => set({ contact_phone })}
      />
      {problem && (
        <p className="notice notice-late" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" className="btn btn-primary btn-block" disabled={busy}>
        {busy ? t('sending') : t('send')}
      </button>
    </form>
  );
}

async function sendPhotos(
  estate: string,
  photos: readonly File[],
  known: Map<File, string>,
): Promise<string[]> {
  const ids: string[] = [];
  for (const photo of photos) {
    let id = known.get(photo);
    if (!id) {
      const body = new FormData();
      body.append('file', photo, photo.name || 'photo.jpg');
      const path = `/api/v1/public/estates/${encodeURIComponent(estate)}/photos`;
      const request = new Request(new URL(path, location.origin), { method: 'POST', body });
      try {
        id = ((await (await send(request)).json()) as Schema<'PublicPhoto'>).id;
      } catch (error) {
        throw new Error(t('photo_failed', { detail: sayError(error) }));
      }
      known.set(photo, id);
    }
    ids.push(id);
  }
  return ids;
}

function Line(props: {
  label: string;
  hint?: string;
  autoComplete?: string;
  value: string;
  set: (value: string) => void;
}) {
  return (
    <Field label={props.label} {...(props.hint && { hint: props.hint })}>
      {(ids) => (
        <input
          {...ids}
          className="input"
          type={props.autoComplete === 'tel' ? 'tel' : 'text'}
          autoComplete={props.autoComplete}
          maxLength={100}
          value={props.value}
          onChange={(event) => props.set(event.target.value)}
        />
      )}
    </Field>
  );
}
