import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { can } from '@/access/can';
import type { Schema } from '@/api/client';
import { t as field } from '@/locales/field';
import { t } from '@/locales/staff';
import { sendOrKeep } from '@/offline/send';
import { dropDraft, keepDraft, readDraft } from '@/ui/form/draft';
import { labelled } from '@/ui/format';
import { BigButton, Choices, Field, Photos, Screen } from '@/ui/phone';
import { usePlace, Where } from './Where';

type What = 'repair' | Schema<'CaseKind'>;

interface Draft {
  what: What;
  text: string;
  urgency: Schema<'Urgency'>;
  field: Schema<'CaseField'>;
  name: string;
  phone: string;
}
const DRAFT = 'service_desk.phone_report';
const FIELDS = [
  'security',
  'cleaning',
  'greening',
  'engineering',
  'renovation',
  'fees',
  'staff',
  'other',
] as const satisfies readonly Schema<'CaseField'>[];

/** Something to be repaired, or what a resident said: photo, place, words, done. */
export function ReportScreen() {
  const router = useRouter();
  const [values, setValues] = useState<Draft>(() => ({
    what: 'repair',
    text: '',
    urgency: 'normal',
    field: 'other',
    name: '',
    phone: '',
    ...readDraft<Partial<Draft>>(DRAFT),
  }));
  const [place, setPlace] = usePlace();
  const [photos, setPhotos] = useState<File[]>([]);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const set = (some: Partial<Draft>) => setValues((now) => ({ ...now, ...some }));
  useEffect(() => keepDraft(DRAFT, values), [values]);

  const repair = values.what === 'repair';
  const text = values.text.trim();
  const somewhere = place.text.trim();
  const placed = !repair || place.house_id !== null || somewhere !== '';
  const kinds: What[] = [
    ...(can('repair.create') ? (['repair'] as const) : []),
    ...(can('case.create') ? (['complaint', 'suggestion', 'praise', 'enquiry'] as const) : []),
  ];

  async function send(event: FormEvent) {
    event.preventDefault();
    if (!text || !placed) return setMissing(true);
    setBusy(true);
    const at = new Date().toISOString();
    const common = { estate_id: place.estate_id, house_id: place.house_id };
    const [name, phone] = [values.name.trim() || null, values.phone.trim() || null];
    const kept = await sendOrKeep({
      label: [what(values.what), place.house_id ? '' : somewhere, text.slice(0, 20)]
        .filter(Boolean)
        .join(' · '),
      files: photos.map((photo) => ({ pointer: '/file_ids/-', name: photo.name, blob: photo })),
      ...(values.what === 'repair'
        ? {
            path: '/api/v1/repair-requests',
            kinds: ['repair_request' as const],
            body: {
              ...common,
              place_text: place.house_id ? null : somewhere,
              text,
              urgency: values.urgency,
              source: place.house_id ? 'owner' : 'patrol',
              contact_name: name,
              contact_phone: phone,
              requested_at: at,
            },
          }
        : {
            path: '/api/v1/cases',
            kinds: ['case' as const],
            body: {
              ...common,
              // A case has no place of its own: where it was is part of what was said.
              text: place.house_id || !somewhere ? text : `${labelled(somewhere)}${text}`,
              kind: values.what,
              field: values.field,
              channel: 'staff',
              reporter_name: name,
              reporter_phone: phone,
              occurred_at: at,
            },
          }),
    });
    setBusy(false);
    if (!kept) return;
    dropDraft(DRAFT);
    router.history.push('/m/reported');
  }

  return (
    <Screen
      title={t('report.title')}
      back="/m"
      dock={
        <BigButton kind="primary" type="submit" form="report" disabled={busy}>
          {t('report.send')}
        </BigButton>
      }
    >
      <form id="report" onSubmit={send} noValidate>
        {kinds.length > 1 && (
          <Choices
            label={t('report.what')}
            value={values.what}
            options={kinds.map((value) => ({ value, label: what(value) }))}
            onChange={(chosen) => set({ what: chosen })}
          />
        )}
        <Photos photos={photos} onChange={setPhotos} />
        <div style={{ height: 20 }} />
        <Where
          label={t('report.where')}
          place={place}
          onChange={setPlace}
          error={missing && !placed ? t('report.no_place') : undefined}
        />
        <Field
          label={t('report.text')}
          hint={t('report.text_hint')}
          {...(missing && !text && { error: t('report.no_text') })}
        >
          {(ids) => (
            <textarea
              {...ids}
              className="input"
              rows={3}
              maxLength={2000}
              value={values.text}
              onChange={(event) => set({ text: event.target.value })}
            />
          )}
        </Field>
        {repair ? (
          <>
            <Choices
              label={t('report.urgency')}
              value={values.urgency}
              options={(['normal', 'urgent', 'emergency'] as const).map((value) => ({
                value,
                label: field.code('urgency', value),
              }))}
              onChange={(urgency) => set({ urgency })}
            />
            {values.urgency === 'emergency' && (
              <p className="notice notice-late">{t('report.danger')}</p>
            )}
          </>
        ) : (
          <Choices
            label={t('report.field')}
            value={values.field}
            options={FIELDS.map((value) => ({ value, label: t.code('case_field', value) }))}
            onChange={(chosen) => set({ field: chosen })}
          />
        )}
        <details open={values.name !== '' || values.phone !== ''}>
          <summary className="m-more">{t('report.who')}</summary>
          {(['name', 'phone'] as const).map((key) => (
            <Field key={key} label={t(`report.${key}`)}>
              {(ids) => (
                <input
                  {...ids}
                  className="input"
                  inputMode={key === 'phone' ? 'tel' : 'text'}
                  maxLength={key === 'phone' ? 20 : 50}
                  value={values[key]}
                  onChange={(event) => set({ [key]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </details>
      </form>
    </Screen>
  );
}

const what = (kind: What) => (kind === 'repair' ? t('report.repair') : t.code('case_kind', kind));
