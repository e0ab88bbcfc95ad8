import { useEffect, useState } from 'react';
import { t } from '@/locales/duty';
import { dropDraft, keepDraft, readDraft } from '@/ui/form/draft';
import { BigButton, Field, Sheet } from '@/ui/phone';
import type { Duty } from '../duty';
import { said } from '../words';
import { explain } from './duties';

/** Why a duty was missed, in a few words; without network it waits and is sent later. */
export function ExplainSheet({ duty, close }: { duty: Duty; close: () => void }) {
  const place = `plans.explain.${duty.id}`;
  const [text, setText] = useState(
    () => readDraft<{ text: string }>(place)?.text ?? duty.explanation ?? '',
  );
  const [busy, setBusy] = useState(false);
  useEffect(() => keepDraft(place, { text }), [place, text]);

  async function go() {
    setBusy(true);
    const kept = await explain(duty, text.trim());
    setBusy(false);
    if (!kept) return;
    dropDraft(place);
    close();
  }
  return (
    <Sheet title={said(duty.name)} onClose={close}>
      <Field label={t('explanation')} hint={t('explanation_hint')}>
        {(ids) => (
          <textarea
            {...ids}
            className="input"
            // biome-ignore lint/a11y/noAutofocus: one tap less with gloves on
            autoFocus
            rows={4}
            maxLength={500}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <BigButton kind="primary" disabled={busy || !text.trim()} onClick={go}>
        {t('explain')}
      </BigButton>
    </Sheet>
  );
}
