import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Schema } from '@/api/client';
import { t } from '@/locales/field';
import { dropDraft, keepDraft, readDraft } from '@/ui/form/draft';
import { BigButton, Choices, Field, Photos, Screen } from '@/ui/phone';
import { act, type Order } from './orders';

interface Material {
  name: string;
  quantity: string;
  unit: string;
  yuan: string;
}
interface Draft {
  cause: string;
  work: string;
  minutes: string;
  charge: string;
  safe: 'yes' | 'no' | null;
  safetyNote: string;
  sign: Schema<'SignKind'>;
  signName: string;
  materials: Material[];
}

/** Minutes at the site so far, in fives: what a technician would write. */
function minutesSince(arrived: string | null | undefined): string {
  if (!arrived) return '30';
  const minutes = Math.round((Date.now() - Date.parse(arrived)) / 300_000) * 5;
  return String(Math.min(1440, Math.max(5, minutes)));
}

/** Finishing: photo, what it was, what was done, safe or not. The rest has its usual value. */
export function FinishForm({ order, close }: { order: Order; close: () => void }) {
  const router = useRouter();
  const place = `service_desk.finish.${order.id}`;
  const [values, setValues] = useState<Draft>(() => ({
    cause: '',
    work: '',
    minutes: minutesSince(order.arrived_at),
    charge: '',
    safe: null,
    safetyNote: '',
    sign: 'absent',
    signName: '',
    materials: [],
    ...readDraft<Partial<Draft>>(place),
  }));
  const [photos, setPhotos] = useState<File[]>([]);
  const [signed, setSigned] = useState<File[]>([]);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const work = useRef<HTMLTextAreaElement>(null);
  const set = (some: Partial<Draft>) => setValues((now) => ({ ...now, ...some }));
  useEffect(() => keepDraft(place, values), [place, values]);
  // The way back must be there when the network is not.
  useEffect(() => void router.preloadRoute({ to: '/m/orders' }), [router]);

  const note = values.safetyNote.trim();
  const complete =
    values.cause.trim() &&
    values.work.trim() &&
    Number(values.minutes) > 0 &&
    values.safe &&
    (values.safe === 'yes' || note) &&
    (values.sign !== 'signed' || values.signName.trim()) &&
    values.materials.every((one) => one.name.trim() && Number(one.quantity) > 0);

  async function send(event: FormEvent) {
    event.preventDefault();
    if (!complete) return setMissing(true);
    setBusy(true);
    const kept = await act(
      order,
      'finish',
      {
        cause: values.cause.trim(),
        work_done: values.work.trim(),
        minutes_worked: Math.round(Number(values.minutes)),
        ...(Number(values.charge) > 0 && { charge_fen: fen(values.charge) }),
        materials_used: values.materials.map((one) => ({
          name: one.name.trim(),
          quantity: Math.round(Number(one.quantity) * 1000),
          unit: one.unit.trim() || '个',
          cost_fen: fen(one.yuan),
        })),
        safety_check: { passed: values.safe === 'yes', note: note || null },
        resident_sign: { kind: values.sign, name: values.signName.trim() || null },
      },
      [
        ...photos.map((photo) => ({ pointer: '/file_ids/-', name: photo.name, blob: photo })),
        ...(values.sign === 'signed' ? signed : []).map((photo) => ({
          pointer: '/resident_sign/file_id',
          name: photo.name,
          blob: photo,
        })),
      ],
    );
    setBusy(false);
    if (!kept) return;
    dropDraft(place);
    router.history.push('/m/orders');
  }

  return (
    <Screen
      title={t('field.finish_title', { no: order.no })}
      dock={
        <>
          <BigButton kind="primary" type="submit" form="finish" disabled={busy}>
            {t('field.finish_send')}
          </BigButton>
          <BigButton onClick={close}>{t('field.not_yet')}</BigButton>
        </>
      }
    >
      <form id="finish" onSubmit={send} noValidate>
        <Photos photos={photos} onChange={setPhotos} />
        <Field
          label={t('order.cause')}
          {...(missing && !values.cause.trim() && { error: t('field.missing') })}
        >
          {(ids) => (
            <input
              {...ids}
              className="input"
              // biome-ignore lint/a11y/noAutofocus: one tap less with gloves on
              autoFocus
              enterKeyHint="next"
              maxLength={500}
              value={values.cause}
              onChange={(event) => set({ cause: event.target.value })}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                event.preventDefault();
                work.current?.focus();
              }}
            />
          )}
        </Field>
        <Field
          label={t('order.work')}
          {...(missing && !values.work.trim() && { error: t('field.missing') })}
        >
          {(ids) => (
            <textarea
              {...ids}
              ref={work}
              className="input"
              rows={3}
              maxLength={2000}
              value={values.work}
              onChange={(event) => set({ work: event.target.value })}
            />
          )}
        </Field>
        <Choices
          label={t('order.safety')}
          value={values.safe}
          onChange={(safe) => set({ safe })}
          options={[
            { value: 'yes', label: t('order.safety_ok') },
            { value: 'no', label: t('order.safety_bad') },
          ]}
        />
        {missing && !values.safe && <p className="field-error">{t('field.missing_safety')}</p>}
        {values.safe === 'no' && (
          <Line
            label={t('field.safety_note')}
            value={values.safetyNote}
            set={(safetyNote) => set({ safetyNote })}
            {...(missing && !note && { error: t('field.missing') })}
          />
        )}
        <Choices
          label={t('order.sign')}
          value={values.sign}
          onChange={(sign) => set({ sign })}
          options={(['absent', 'signed', 'refused'] as const).map((value) => ({
            value,
            label: t.code('sign_kind', value),
          }))}
        />
        {values.sign === 'signed' && (
          <>
            <Line
              label={t('field.sign_name')}
              value={values.signName}
              set={(signName) => set({ signName })}
              {...(missing && !values.signName.trim() && { error: t('field.missing') })}
            />
            <Photos label={t('field.sign_photo')} photos={signed} onChange={setSigned} max={1} />
          </>
        )}
        <Line
          label={t('field.minutes')}
          value={values.minutes}
          set={(minutes) => set({ minutes })}
          numeric
        />
        <details open={values.materials.length > 0 || values.charge !== ''}>
          <summary>{t(order.paid ? 'field.more' : 'field.more_unpaid')}</summary>
          {order.paid && (
            <Line
              label={t('field.charge')}
              value={values.charge}
              set={(charge) => set({ charge })}
              numeric
            />
          )}
          {values.materials.map((one, i) => (
            <MaterialLine
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              key={i}
              line={one}
              change={(line) =>
                set({ materials: values.materials.map((old, at) => (at === i ? line : old)) })
              }
              remove={() => set({ materials: values.materials.filter((_, at) => at !== i) })}
            />
          ))}
          <BigButton
            onClick={() =>
              set({
                materials: [...values.materials, { name: '', quantity: '1', unit: '个', yuan: '' }],
              })
            }
          >
            {t('field.material_add')}
          </BigButton>
        </details>
      </form>
    </Screen>
  );
}

const fen = (yuan: string) => Math.max(0, Math.round(Number(yuan || 0) * 100)) || 0;

function Line(props: {
  label: string;
  value: string;
  set: (value: string) => void;
  numeric?: boolean;
  error?: string;
}) {
  return (
    <Field label={props.label} {...(props.error && { error: props.error })}>
      {(ids) => (
        <input
          {...ids}
          className="input"
          inputMode={props.numeric ? 'decimal' : 'text'}
          maxLength={200}
          value={props.value}
          onChange={(event) => props.set(event.target.value)}
        />
      )}
    </Field>
  );
}

function MaterialLine(props: {
  line: Material;
  change: (line: Material) => void;
  remove: () => void;
}) {
  const { line, change } = props;
  return (
    <div className="m-card">
      <Line
        label={t('field.material')}
        value={line.name}
        set={(name) => change({ ...line, name })}
      />
      <Line
        label={t('field.quantity')}
        value={line.quantity}
        set={(quantity) => change({ ...line, quantity })}
        numeric
      />
      <Line label={t('field.unit')} value={line.unit} set={(unit) => change({ ...line, unit })} />
      <Line
        label={t('field.material_cost')}
        value={line.yuan}
        set={(yuan) => change({ ...line, yuan })}
        numeric
      />
      <BigButton kind="danger" onClick={props.remove}>
        {t('field.material_remove')}
      </BigButton>
    </div>
  );
}
