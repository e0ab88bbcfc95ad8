import { useEffect, useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { sayError } from '@/api/problem';
import { t } from '@/locales/report';
import { StateView } from '@/ui/StateView';
import { FollowUp } from './FollowUp';
import { ReportForm } from './ReportForm';
import '@/ui/phone/phone.css';
import './report.css';

/** A resident's report without an account: no antd, phone first. */
export function ReportPage({ estate, code }: { estate?: string; code?: string }) {
  const [found, setFound] = useState<Schema<'PublicEstate'> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [sent, setSent] = useState<string | null>(null);
  const [followed, setFollowed] = useState<string | null>(code ?? null);

  useEffect(() => {
    document.title = t('title');
    if (!estate) return;
    const life = new AbortController();
    ok(
      api.GET('/api/v1/public/estates/{code}', {
        params: { path: { code: estate } },
        signal: life.signal,
      }),
    ).then(setFound, (error) => {
      if (!life.signal.aborted) setProblem(sayError(error));
    });
    return () => life.abort();
  }, [estate]);

  return (
    <main className="rp">
      <h1>{t('title')}</h1>
      {found && <p className="muted">{t('lead', { estate: found.name })}</p>}
      {!estate && !followed && (
        <StateView icon="phone" title={t('no_estate')} hint={t('no_estate_hint')} />
      )}
      {problem && (
        <StateView icon="warning" title={t('unknown_estate')} hint={problem} role="alert" />
      )}
      {estate && !found && !problem && <p role="status">{t('loading')}</p>}
      {found && estate && !sent && !followed && <ReportForm estate={estate} done={setSent} />}
      {sent && !followed && (
        <Received code={sent} see={() => setFollowed(sent)} again={() => setSent(null)} />
      )}
      {!sent && (
        <FollowUp
          key={followed ?? ''}
          code={followed}
          back={
            estate
              ? () => {
                  setFollowed(null);
                  setSent(null);
                }
              : null
          }
        />
      )}
      {sent && followed && (
        <FollowUp
          code={followed}
          back={() => {
            setFollowed(null);
            setSent(null);
          }}
        />
      )}
    </main>
  );
}

/** The code, large enough to photograph, and by one tap on the clipboard. */
function Received(props: { code: string; see: () => void; again: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <section className="rp-card" aria-live="polite">
      <h2>{t('sent')}</h2>
      <p>{t('sent_hint')}</p>
      <output className="rp-code" style={{ display: 'block' }} aria-label={t('code')}>
        {props.code}
      </output>
      <button
        type="button"
        className="btn btn-primary btn-block"
        onClick={() => copy(props.code).then(setCopied)}
      >
        {copied ? t('copied') : t('copy')}
      </button>
      <button type="button" className="btn btn-block" onClick={props.see}>
        {t('see')}
      </button>
      <button type="button" className="btn btn-plain btn-block" onClick={props.again}>
        {t('again')}
      </button>
    </section>
  );
}

// On plain-http addresses and old phones there is no clipboard API; selecting still works there.
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const output = document.querySelector('.rp-code');
    if (output) window.getSelection()?.selectAllChildren(output);
    return document.execCommand('copy');
  }
}
