import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { api, idempotent, ok, type Schema } from '@/api/client';
import { NetworkError, sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { lang } from '@/locales/lang';
import { t } from '@/locales/service_desk';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { isTyping, useShortcut } from '@/ui/shortcuts';
import { Pill } from '@/ui/text';
import { toast } from '@/ui/toast';
import { uuidv7 } from '@/ui/uuid';

const word = (reason: Schema<'Reason'>) => (lang() === 'en' ? reason.en : reason.zh);

/** Who should go, with the numbers that say why; a digit chooses and Enter dispatches. */
export function Suggestions({ request }: { request: Schema<'RepairRequest'> }) {
  const [chosen, setChosen] = useState<string | null>(null);
  // The list as it stood at the choice: an answer on its way would move a name away under the hand.
  const [held, setHeld] = useState<Schema<'DispatchSuggestion'> | null>(null);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(uuidv7());
  const go = useRef<HTMLButtonElement>(null);
  const why = useRef<HTMLInputElement>(null);
  const suggestion = useQuery({
    queryKey: ['service_desk', 'suggestions', request.id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/repair-requests/{id}/suggestions', {
          params: { path: { id: request.id } },
          signal,
        }),
      ),
    meta: { kinds: ['repair_request', 'work_order', 'roster_entry'] },
    enabled: held === null,
  });
  const shown = held ?? suggestion.data;
  const ranking = shown?.ranking ?? [];
  const first = ranking[0];
  const target = ranking.find((one) => one.technician_id === chosen) ?? first;
  const override = target !== undefined && target !== first;

  function choose(place: number) {
    const one = ranking[place];
    if (!one) return;
    setChosen(one.technician_id);
    setHeld(shown ?? null);
    setProblem(null);
    // The second key: Enter on the button, or the reason when it is not the suggested one.
    setTimeout(() => (place === 0 ? go.current : why.current)?.focus());
  }
  async function dispatch() {
    if (!target || busy) return;
    if (override && !reason.trim()) {
      setProblem(t('suggest.reason_needed'));
      why.current?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await api.POST('/api/v1/repair-requests/{id}/dispatch', {
        params: { path: { id: request.id } },
        body: { technician_id: target.technician_id, reason: override ? reason.trim() : null },
        headers: idempotent(key.current),
      });
      toast(t('suggest.done', { name: target.name }));
      void reloadKind('repair_request');
      void reloadKind('work_order');
    } catch (error) {
      if (!(error instanceof NetworkError)) key.current = uuidv7();
      setProblem(sayError(error));
      setHeld(null);
      void suggestion.refetch();
    } finally {
      setBusy(false);
    }
  }

  if (!shown) {
    if (!suggestion.isError) return <Skeleton lines={4} />;
    return <ErrorView error={suggestion.error} retry={() => suggestion.refetch()} />;
  }
  const { excluded, fallback } = shown;
  return (
    <Section title={t('suggest.title')} extra={t('suggest.lead')}>
      {fallback && (
        <p className="notice notice-warn">
          {t('suggest.fallback', { how: t.code('readiness', fallback) })}
        </p>
      )}
      {ranking.length === 0 && <p className="muted">{t('suggest.none')}</p>}
      <ol className="sd-ranking">
        {ranking.map((one, i) => (
          <li key={one.technician_id}>
            {i < 9 && <DigitKey digit={i + 1} run={() => choose(i)} />}
            <label>
              <input
                type="radio"
                name="technician"
                checked={target?.technician_id === one.technician_id}
                onChange={() => choose(i)}
              />
              <span>
                <b>
                  {i + 1}. {one.name}
                </b>{' '}
                {i === 0 && <Pill tone="accent">{t('suggest.first')}</Pill>}{' '}
                <Pill tone={one.readiness === 'on_duty' ? 'ok' : 'plain'}>
                  {t.code('readiness', one.readiness)}
                </Pill>
                <small>{one.reasons.map(word).join(' · ')}</small>
              </span>
              <span className="num">
                {t('suggest.load', {
                  open: one.load.open_orders,
                  minutes: one.load.open_minutes,
                })}
                <small>
                  {one.load.urgent_open > 0 &&
                    `${t('suggest.urgent', { n: one.load.urgent_open })} · `}
                  {t('suggest.week', { minutes: one.load.week_minutes })}
                </small>
              </span>
            </label>
          </li>
        ))}
      </ol>
      {target && (
        <form
          className="sd-dispatch"
          onSubmit={(event) => {
            event.preventDefault();
            void dispatch();
          }}
        >
          {override && (
            <input
              ref={why}
              className="input"
              aria-label={t('suggest.reason')}
              placeholder={t('suggest.reason')}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
          <Button ref={go} type="primary" size="large" htmlType="submit" loading={busy}>
            {t('suggest.go', { name: target.name })}
          </Button>
          {problem && (
            <span className="field-error" role="alert">
              {problem}
            </span>
          )}
        </form>
      )}
      {excluded.length > 0 && (
        <details>
          <summary>{t('suggest.excluded')}</summary>
          <ul className="sd-lines">
            {excluded.map((one) => (
              <li key={one.technician_id}>
                {one.name} <span className="muted">{word(one.reason)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function DigitKey({ digit, run }: { digit: number; run: () => void }) {
  useShortcut({
    keys: String(digit),
    label: t('suggest.choose', { n: digit }),
    run: () => !isTyping(document.activeElement) && run(),
  });
  return null;
}
