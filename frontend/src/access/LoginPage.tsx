import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { NetworkError, ProblemError, sayError } from '@/api/problem';
import { t } from '@/locales/base';
import { lang, setLang } from '@/locales/lang';
import { isFrontLine } from './can';
import { sessionStore, signIn } from './session';
import './login.css';

type Demo = Schema<'DemoAccounts'>;

/** Where a person starts: front-line posts on a phone get the phone pages. */
const startPage = () =>
  isFrontLine() && window.matchMedia('(max-width: 767px)').matches ? '/m' : '/';

export function LoginPage({ next }: { next: string | undefined }) {
  const router = useRouter();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [needsTotp, setNeedsTotp] = useState(false);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [demo, setDemo] = useState<Demo | null>(null);
  const totpField = useRef<HTMLInputElement>(null);
  const session = sessionStore.get();
  const ended = session.phase === 'anonymous' && session.ended;

  useEffect(() => {
    document.title = `${t('login.title')} · ${t('product')}`;
    // Only a demo on loopback answers; everywhere else this is a 404 and nothing is shown.
    ok(api.GET('/api/v1/demo-accounts'))
      .then(setDemo)
      .catch(() => {});
    // Nobody can log in yet: the first administrator is made first.
    ok(api.GET('/api/v1/auth/setup'))
      .then((setup) => setup.needed && router.history.replace('/setup'))
      .catch(() => {});
  }, [router]);
  useEffect(() => {
    if (needsTotp) totpField.current?.focus();
  }, [needsTotp]);

  async function enter(name: string, word: string) {
    setBusy(true);
    setProblem(null);
    try {
      const person = await signIn(name.trim(), word, totp.trim() || undefined);
      router.history.push(person.must_change_password ? '/password' : (next ?? startPage()));
    } catch (error) {
      if (error instanceof ProblemError && error.code.includes('totp')) setNeedsTotp(true);
      setProblem(error instanceof NetworkError ? t('login.offline') : sayError(error));
      setBusy(false);
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!busy) void enter(username, password);
  }

  return (
    <div className="login">
      <header className="login-bar">
        <button
          type="button"
          className="btn btn-plain"
          lang={lang() === 'en' ? 'zh-CN' : 'en'}
          onClick={() => setLang(lang() === 'en' ? 'zh-CN' : 'en')}
        >
          {t('lang.other')}
        </button>
      </header>
      <main className={demo ? 'login-main with-demo' : 'login-main'}>
        <form className="login-card" onSubmit={submit}>
          <img src="/icon.svg" alt="" width="48" height="48" />
          <h1>{t('product')}</h1>
          <p className="muted">{t('login.lead')}</p>
          {ended && !problem && <p className="notice notice-warn">{t('login.ended')}</p>}
          {problem && (
            <p className="notice notice-late" role="alert">
              {problem}
            </p>
          )}
          <label className="field">
            <span>{t('login.username')}</span>
            <input
              className="input"
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              // biome-ignore lint/a11y/noAutofocus: the page has one purpose
              autoFocus
              required
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          </label>
          <div className="field">
            <label htmlFor="password">{t('login.password')}</label>
            <div className="login-password">
              <input
                id="password"
                className="input"
                name="password"
                type={shown ? 'text' : 'password'}
                autoComplete="current-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
              <button
                type="button"
                className="btn btn-plain"
                aria-pressed={shown}
                onClick={() => setShown(!shown)}
              >
                {shown ? t('login.hide_password') : t('login.show_password')}
              </button>
            </div>
          </div>
          {needsTotp && (
            <label className="field">
              <span>{t('login.totp')}</span>
              <input
                ref={totpField}
                className="input"
                name="totp"
                autoComplete="one-time-code"
                value={totp}
                onChange={(event) => setTotp(event.target.value)}
              />
              <p className="hint">{t('login.totp_hint')}</p>
            </label>
          )}
          <button type="submit" className="btn btn-primary btn-block" disabled={busy}>
            {busy ? t('login.busy') : t('login.submit')}
          </button>
          <p className="hint">{t('login.forgot')}</p>
          <p className="hint">
            <a href="/report">{t('login.resident')}</a>
          </p>
        </form>
        {demo && (
          <DemoAccounts
            demo={demo}
            busy={busy}
            choose={(name) => {
              setUsername(name);
              void enter(name, demo.password);
            }}
          />
        )}
      </main>
    </div>
  );
}

function DemoAccounts(props: { demo: Demo; busy: boolean; choose: (username: string) => void }) {
  const { demo, busy, choose } = props;
  const [filter, setFilter] = useState('');
  const english = lang() === 'en';
  const wanted = filter.trim().toLowerCase();
  const found = demo.accounts.filter((account) =>
    [account.username, account.name, account.post_zh, account.post_en].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
  return (
    <section className="login-demo" aria-labelledby="demo-title">
      <h2 id="demo-title">{t('login.demo')}</h2>
      <p className="muted">
        {t('login.demo_hint')} <code>{demo.password}</code>
      </p>
      <input
        className="input"
        type="search"
        aria-label={t('login.demo_search')}
        placeholder={t('login.demo_search')}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <ul>
        {found.map((account) => (
          <li key={account.username}>
            <button type="button" disabled={busy} onClick={() => choose(account.username)}>
              <b>{english ? account.post_en : account.post_zh}</b>
              <span>
                {account.name} · {account.username}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
