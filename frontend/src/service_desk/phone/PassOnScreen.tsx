import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import type { Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { t } from '@/locales/pass_on';
import { t as phone } from '@/locales/phone';
import { perform } from '@/offline/queue';
import { BigButton, Choices, Field, Photos, Screen, toast } from '@/ui/phone';
import { type Place, PlaceField } from './PlaceField';

type Kind = 'repair' | Schema<'CaseKind'>;
const KINDS = ['repair', 'complaint', 'suggestion', 'praise', 'enquiry'] as const;
const HURRY = ['normal', 'urgent', 'emergency'] as const;

/** What a guard, cleaner or technician sees or is told: to the desk, with a photo, also offline. */
export function PassOnScreen() {
  const me = useMe();
  const can = useCan();
  const router = useRouter();
  const estate = me.posts.find((held) => held.estate_id)?.estate_id ?? me.estates[0]?.id ?? '';
  const [kind, setKind] = useState<Kind>('repair');
  const [text, setText] = useState('');
  const [place, setPlace] = useState<Place>({ text: '' });
  const [urgency, setUrgency] = useState<Schema<'Urgency'>>('normal');
  const [photos, setPhotos] = useState<File[]>([]);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const said = text.trim();
  const where = place.text.trim();
  const kinds = KINDS.filter((one) => can(one === 'repair' ? 'repair.create' : 'case.create'));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!said || (kind === 'repair' && !where)) return setMissing(true);
    setBusy(true);
    try {
      const sent = await perform({
        label: t('label', { kind: t.code('kind', kind), text: said.slice(0, 20) }),
        ...(kind === 'repair' ? repair() : passedOn(kind)),
        files: photos.map((photo) => ({ pointer: '/file_ids/-', name: photo.name, blob: photo })),
        kinds: [kind === 'repair' ? 'repair_request' : 'case'],
      });
      toast(phone(sent ? 'sent' : 'saved_offline'));
      router.history.push('/m');
    } catch (error) {
      toast(sayError(error), true);
    } finally {
      setBusy(false);
    }
  }
  const house_id = place.house?.id ?? null;
  const repair = () => ({
    path: '/api/v1/repair-requests',
    body: {
      estate_id: estate || null,
      house_id,
      place_text: house_id ? null : where,
      text: said,
      urgency,
      source: house_id ? 'owner' : 'patrol',
      requested_at: new Date().toISOString(),
    },
  });
  const passedOn = (kind: Schema<'CaseKind'>) => ({
    path: '/api/v1/cases',
    body: {
      estate_id: estate || null,
      house_id,
      kind,
      channel: 'staff',
      field: 'other',
      text: house_id || !where ? said : `${said}\n${t('at_place', { place: where })}`,
      occurred_at: new Date().toISOString(),
    },
  });

  return (
    <Screen
      title={t('title')}
      back="/m"
      dock={
        <BigButton kind="primary" type="submit" form="pass-on" disabled={busy}>
          {t('send')}
        </BigButton>
      }
    >
      <form id="pass-on" onSubmit={submit} noValidate>
        <Choices
          label={t('what')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t.code('kind', value) }))}
        />
        <Photos photos={photos} onChange={setPhotos} />
        <Field
          label={t('text')}
          hint={t('text_hint')}
          {...(missing && !said && { error: t('missing') })}
        >
          {(ids) => (
            <textarea
              {...ids}
              className="input"
              rows={3}
              maxLength={2000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <PlaceField
          estate={estate}
          place={place}
          change={setPlace}
          error={missing && kind === 'repair' && !where ? t('place_missing') : undefined}
        />
        {kind === 'repair' && (
          <Choices
            label={t('hurry')}
            value={urgency}
            onChange={setUrgency}
            options={HURRY.map((value) => ({ value, label: t.code('urgency', value) }))}
          />
        )}
      </form>
    </Screen>
  );
}
