import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { ProblemError, sayError } from '@/api/problem';
import { lang } from '@/locales/lang';
import { t } from '@/locales/report';
import { labelled } from '@/ui/format';
import { TimeText } from '@/ui/text';

interface FollowUpProps {
  /** A code that came with the address or was just given. */
  code: string | null;
  /** Back to reporting; not from a link without an estate. */
  back: (() => void) | null;
}

/** What became of a report, asked by its code. */
export function FollowUp({ code, back }: FollowUpProps) {
  const [typed, setTyped] = useState(code ?? '');
  const [report, setReport] = useState<Schema<'PublicReport'> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const look = useCallback(async (wanted: string) => {
    const tracking_code = wanted.trim();
    if (!tracking_code) return;
    setBusy(true);
    setProblem(null);
    setReport(null);
    try {
      setReport(
        await ok(
          api.GET('/api/v1/public/reports/{tracking_code}', {
            params: { path: { tracking_code } },
          }),
        ),
      );
    } catch (error) {
      const unknown = error instanceof ProblemError && [400, 404, 422].includes(error.status);
      setProblem(unknown ? t('not_found') : sayError(error));
    } finally {
      setBusy(false);
    }
  }, []);
  useEffect(() => {
    if (code) void look(code);
  }, [code, look]);

  function submit(event: FormEvent) {
    event.preventDefault();
    void look(typed);
  }
  return (
    <section className="rp-foot">
      <form onSubmit={submit}>
        <label className="field">
          <span>{t('follow')}</span>
          <input
            className="input"
            autoCapitalize="characters"
            autoComplete="off"
            maxLength={40}
            placeholder={t('follow_hint')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button type="submit" className="btn btn-block" disabled={busy || !typed.trim()}>
          {t('find')}
        </button>
      </form>
      <div aria-live="polite">
        {problem && <p className="notice notice-late">{problem}</p>}
        {report && (
          <article className="rp-card">
            <h2>{lang() === 'en' ? report.progress_en : report.progress_zh}</h2>
            <p>{t.code('kind', report.kind)}</p>
            <p>
              {labelled(t('received_at'))}
              <TimeText value={report.received_at} />
            </p>
            <p>
              {labelled(t('updated_at'))}
              <TimeText value={report.updated_at} />
            </p>
            <p>
              <b>{t('reply')}</b>
              <br />
              {report.reply ?? <span className="muted">{t('no_reply')}</span>}
            </p>
          </article>
        )}
      </div>
      {back && code && (
        <button type="button" className="btn btn-plain btn-block" onClick={back}>
          {t('again')}
        </button>
      )}
    </section>
  );
}
