import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/staff';
import { remembered } from '@/offline/cache';
import { sendOrKeep } from '@/offline/send';
import { formatTime, labelled } from '@/ui/format';
import { BigButton, Card, Choices, Field, Screen } from '@/ui/phone';
import { usePlace, Where } from './Where';

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
const MINUTES = ['5', '10', '15', '30', '60'] as const;

/** Help given beyond the contract: what it was and how long; the rest may stay empty. */
export function HelpScreen() {
  const [kind, setKind] = useState<Schema<'AssistanceKind'> | null>(null);
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>('15');
  const [note, setNote] = useState('');
  const [place, setPlace] = usePlace();
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);

  async function send(event: FormEvent) {
    event.preventDefault();
    if (!kind) return;
    setBusy(true);
    const where = place.house_id ? '' : place.text.trim();
    // The register wants words: without any, those of the kind.
    const words =
      [where, note.trim()].filter(Boolean).join(labelled('')) || t.code('assistance_kind', kind);
    const kept = await sendOrKeep({
      label: `${t('help.title')} · ${t.code('assistance_kind', kind)}`,
      path: '/api/v1/assistances',
      kinds: ['assistance'],
      body: {
        estate_id: place.estate_id,
        house_id: place.house_id,
        kind,
        minutes: Number(minutes),
        note: words,
        occurred_at: new Date().toISOString(),
      },
    });
    setBusy(false);
    if (!kept) return;
    setKind(null);
    setNote('');
    setPlace({ ...place, house_id: null, text: '' });
    setRound(round + 1);
  }

  return (
    <Screen
      title={t('help.title')}
      back="/m"
      dock={
        <BigButton kind="primary" type="submit" form="help" disabled={busy || !kind}>
          {t('help.send')}
        </BigButton>
      }
    >
      <form id="help" onSubmit={send} noValidate>
        <Choices
          label={t('help.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t.code('assistance_kind', value) }))}
          onChange={setKind}
        />
        <Choices
          label={t('help.minutes')}
          value={minutes}
          options={MINUTES.map((value) => ({ value, label: t('help.minutes_n', { n: value }) }))}
          onChange={setMinutes}
        />
        <Field label={t('help.note')}>
          {(ids) => (
            <textarea
              {...ids}
              className="input"
              rows={2}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <Where key={round} label={t('help.house')} place={place} onChange={setPlace} />
      </form>
      <Recent />
    </Screen>
  );
}

/** The last ones of my own, so that nothing is logged twice. */
function Recent() {
  const me = useMe();
  const mine = me.employee?.id;
  const found = useQuery({
    queryKey: ['service_desk', 'my-help', mine],
    enabled: Boolean(mine),
    queryFn: ({ signal }) =>
      remembered('my-help', () =>
        ok(
          api.GET('/api/v1/assistances', {
            params: { query: { employee_id: mine as string, limit: 5 } },
            signal,
          }),
        ),
      ),
    meta: { kinds: ['assistance'] },
  });
  if (!found.data || found.data.items.length === 0) return null;
  return (
    <section>
      <h2>{t('help.recent')}</h2>
      {found.data.items.map((it) => (
        <Card
          key={it.id}
          title={it.note}
          meta={
            <>
              <span>{t.code('assistance_kind', it.kind)}</span>
              <span className="num">{t('help.minutes_n', { n: it.minutes })}</span>
              <span className="num">{formatTime(it.helped_at)}</span>
            </>
          }
        />
      ))}
    </section>
  );
}
