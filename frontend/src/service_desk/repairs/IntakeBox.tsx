import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api, idempotent, ok, type Schema } from '@/api/client';
import { NetworkError, sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { HouseField } from '@/ui/form/Combo';
import { dropDraft, keepDraft, readDraft } from '@/ui/form/draft';
import { Native } from '@/ui/form/Native';
import { useShortcut } from '@/ui/shortcuts';
import { toast } from '@/ui/toast';
import { uuidv7 } from '@/ui/uuid';
import { appointment, instant } from '../appointment';
import { DwellerChoice } from '../Dwellers';
import { categories, lazily, options, urgencies, useEstates } from '../words';
import { guessCategory } from './guess';
import type { More } from './IntakeMore';

const IntakeMore = lazily(() => import('./IntakeMore'));

interface Draft {
  estate_id?: string;
  place_text?: string;
  text?: string;
  category?: Schema<'RepairCategory'> | '';
  urgency?: Schema<'Urgency'>;
  more?: More;
}
const DRAFT = 'service_desk.intake';

/** The receptionist's box: house, what is wrong, Enter; the telephone stays in the other hand. */
export function IntakeBox() {
  const router = useRouter();
  const estates = useEstates();
  const [values, setValues] = useState<Draft>(() => readDraft<Draft>(DRAFT) ?? {});
  const [house, setHouse] = useState<string | null>(null);
  const [party, setParty] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(uuidv7());
  const text = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const estate = values.estate_id ?? estates[0]?.value;
  const category = values.category || guessCategory(values.text);
  const set = (some: Draft) => setValues((now) => ({ ...now, ...some }));

  useEffect(() => keepDraft(DRAFT, values), [values]);
  useShortcut({
    keys: 'n',
    label: t('intake.key'),
    run: () => form.current?.querySelector('input')?.focus(),
  });

  async function submit(event: FormEvent) {
    event.preventDefault();
    const said = values.text?.trim();
    if (busy || !said) return text.current?.focus();
    if (!house && !values.place_text?.trim()) return setProblem(t('intake.no_place'));
    setBusy(true);
    setProblem(null);
    try {
      const made = await ok(
        api.POST('/api/v1/repair-requests', {
          body: {
            estate_id: estate ?? null,
            house_id: house,
            party_id: house ? party : null,
            place_text: values.place_text?.trim() || null,
            text: said,
            category,
            urgency: values.urgency ?? null,
            ...(values.more && moreOf(values.more)),
          },
          headers: idempotent(key.current),
        }),
      );
      dropDraft(DRAFT);
      toast(t('intake.done', { no: made.no }));
      setValues({ estate_id: estate });
      setHouse(null);
      setRound(round + 1);
      key.current = uuidv7();
      reloadKind('repair_request');
      router.history.push(`/repairs/${made.id}`);
    } catch (error) {
      if (!(error instanceof NetworkError)) key.current = uuidv7();
      setProblem(sayError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form ref={form} className="sd-intake" onSubmit={submit} aria-label={t('intake.key')}>
      {estates.length > 1 && (
        <div className="sd-wide">
          <Native
            label={t('estate')}
            options={estates}
            value={estate}
            onChange={(estate_id) => {
              set({ estate_id });
              setHouse(null);
              setRound(round + 1);
            }}
          />
        </div>
      )}
      <HouseField
        key={`${round}`}
        autoFocus
        label={t('intake.house')}
        estate={estate}
        value={house}
        onChange={(found) => {
          setHouse(found);
          setParty(null);
        }}
        onChosen={() => text.current?.focus()}
      />
      {!house && (
        <input
          className="input sd-wide sd-place"
          aria-label={t('intake.place')}
          placeholder={t('intake.place')}
          maxLength={100}
          value={values.place_text ?? ''}
          onChange={(event) => set({ place_text: event.target.value })}
        />
      )}
      <input
        ref={text}
        className="input sd-wide"
        aria-label={t('intake.text')}
        placeholder={t('intake.text')}
        maxLength={2000}
        value={values.text ?? ''}
        onChange={(event) => set({ text: event.target.value })}
      />
      <Native
        label={t('category')}
        blank={t('category.auto')}
        options={options('category', categories)}
        value={category}
        onChange={(chosen) => set({ category: chosen })}
      />
      <Native
        label={t('urgency')}
        options={options('urgency', urgencies)}
        value={values.urgency ?? 'normal'}
        onChange={(urgency) => set({ urgency })}
      />
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('intake.send')}
      </Button>
      <DwellerChoice key={house} house={house} value={party} onChange={setParty} />
      <button
        type="button"
        className="sd-more"
        aria-expanded={Boolean(values.more)}
        onClick={() => setValues(({ more, ...rest }) => (more ? rest : { ...rest, more: {} }))}
      >
        {t(values.more ? 'intake.less' : 'intake.more')}
      </button>
      {values.more && (
        <IntakeMore
          value={values.more}
          change={(some) => setValues((now) => ({ ...now, more: { ...now.more, ...some } }))}
        />
      )}
      {problem && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function moreOf(more: More): Partial<Schema<'NewRepair'>> {
  return {
    contact_name: more.contact_name?.trim() || null,
    contact_phone: more.contact_phone?.trim() || null,
    source: more.source ?? 'owner',
    requested_at: more.requested ? instant(more.requested) : null,
    appointment: appointment(more.from, more.until),
    paid: more.paid ?? false,
    warranty: more.warranty ?? false,
    file_ids: more.file_ids ?? [],
  };
}
