import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useMe } from '@/access/session';
import type { Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { t } from '@/locales/pass_on';
import { t as phone } from '@/locales/phone';
import { perform } from '@/offline/queue';
import { BigButton, Choices, Field, Screen, toast } from '@/ui/phone';
import { type Place, PlaceField } from './PlaceField';

const KINDS = [
  'carrying',
  'escort',
  'errand',
  'access',
  'small_repair',
  'emergency',
  'search',
  'other',
] as const satisfies readonly Schema<'AssistanceKind'>[];
const MINUTES = ['5', '15', '30', '60'] as const;

/** Help given beyond the contract, noted on the spot; the register counts it for its giver. */
export function HelpScreen() {
  const me = useMe();
  const router = useRouter();
  const estate = me.posts.find((held) => held.estate_id)?.estate_id ?? me.estates[0]?.id ?? '';
  const [kind, setKind] = useState<Schema<'AssistanceKind'>>('carrying');
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>('15');
  const [note, setNote] = useState('');
  const [place, setPlace] = useState<Place>({ text: '' });
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const said = note.trim();
    if (!said) return setMissing(true);
    setBusy(true);
    const where = place.house ? '' : place.text.trim();
    try {
      const sent = await perform({
        label: t('help.label', { text: said.slice(0, 20) }),
        path: '/api/v1/assistances',
        body: {
          estate_id: estate || null,
          kind,
          minutes: Number(minutes),
          house_id: place.house?.id ?? null,
          note: where ? `${said}（${t('at_place', { place: where })}）` : said,
          occurred_at: new Date().toISOString(),
        },
        kinds: ['assistance'],
      });
      toast(phone(sent ? 'sent' : 'saved_offline'));
      router.history.push('/m');
    } catch (error) {
      toast(sayError(error), true);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Screen
      title={t('help')}
      back="/m"
      dock={
        <BigButton kind="primary" type="submit" form="help" disabled={busy}>
          {t('send')}
        </BigButton>
      }
    >
      <form id="help" onSubmit={submit} noValidate>
        <Field label={t('help.what')} {...(missing && !note.trim() && { error: t('missing') })}>
          {(ids) => (
            <textarea
              {...ids}
              className="input"
              rows={3}
              maxLength={400}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <Choices
          label={t('help.kind')}
          value={kind}
          onChange={setKind}
          options={KINDS.map((value) => ({ value, label: t.code('assistance_kind', value) }))}
        />
        <Choices
          label={t('help.minutes')}
          value={minutes}
          onChange={setMinutes}
          options={MINUTES.map((value) => ({ value, label: t('help.minutes_n', { n: value }) }))}
        />
        <PlaceField estate={estate} place={place} change={setPlace} />
      </form>
    </Screen>
  );
}
