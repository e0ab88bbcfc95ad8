import { useRouter } from '@tanstack/react-router';
import { type FormEvent, type InputHTMLAttributes, useEffect, useState } from 'react';
import { api, ok } from '@/api/client';
import { ProblemError, sayError } from '@/api/problem';
import { t } from '@/locales/access';
import { t as shell } from '@/locales/base';
import { lang, setLang } from '@/locales/lang';
import { signIn } from './session';
import './login.css';

const EMPTY = { code: '', username: '', password: '', repeat: '', estate_name: '' };
type Field = keyof typeof EMPTY;

/** First start: the code from the console makes the administrator and the first estate. No antd. */
export function SetupPage() {
  const router = useRouter();
  const [needed, setNeeded] = useState<boolean | null>(null);
  const [values, setValues] = useState(EMPTY);
  const [errors, setErrors] = useState<Partial<Record<Field, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    document.title = `${t('setup.title')} · ${shell('product')}`;
    ok(api.GET('/api/v1/auth/setup'))
      .then((setup) => setNeeded(setup.needed))
      // Unknown: show the form; sending it says what is wrong.
      .catch(() => setNeeded(true));
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setProblem(null);
    if (values.password !== values.repeat) {
      setErrors({ repeat: t('setup.differs') });
      return;
    }
    setErrors({});
    setBusy(true);
    const { repeat: _, ...body } = values;
    try {
      await api.POST('/api/v1/auth/setup', { body });
      await signIn(values.username, values.password);
      router.history.push('/');
    } catch (error) {
      show(error);
      setBusy(false);
    }
  }

  function show(error: unknown) {
    if (!(error instanceof ProblemError)) return setProblem(sayError(error));
    if (error.code === 'already_done') return setNeeded(false);
    if (error.code === 'invalid_credentials') return setErrors({ code: error.detail });
    const placed: Partial<Record<Field, string>> = {};
    const others: string[] = [];
    for (const { pointer, message } of error.errors) {
      const field = pointer.replace(/^\//, '');
      if (field in EMPTY) placed[field as Field] = message;
      else others.push(message);
    }
    setErrors(placed);
    if (error.errors.length === 0) others.push(error.detail);
    setProblem(others.length > 0 ? others.join(' · ') : null);
  }

  const field = (name: Field, label: string, more: InputHTMLAttributes<HTMLInputElement>) => (
    <TextField
      name={name}
      label={label}
      error={errors[name]}
      value={values[name]}
      onChange={(event) => setValues({ ...values, [name]: event.target.value })}
      {...more}
    />
  );

  return (
    <div className="login">
      <header className="login-bar">
        <button
          type="button"
          className="btn btn-plain"
          lang={lang() === 'en' ? 'zh-CN' : 'en'}
          onClick={() => setLang(lang() === 'en' ? 'zh-CN' : 'en')}
        >
          {shell('lang.other')}
        </button>
      </header>
      <main className="login-main">
        <form className="login-card" onSubmit={submit} aria-busy={needed === null}>
          <img src="/icon.svg" alt="" width="48" height="48" />
          <h1>{t('setup.title')}</h1>
          {needed === null && <p className="muted">{t('setup.loading')}</p>}
          {needed === false && (
            <>
              <p className="notice notice-ok">{t('setup.done_already')}</p>
              <a className="btn btn-primary btn-block" href="/login">
                {t('setup.to_login')}
              </a>
            </>
          )}
          {needed && (
            <>
              <p className="muted">{t('setup.lead')}</p>
              {problem && (
                <p className="notice notice-late" role="alert">
                  {problem}
                </p>
              )}
              {field('code', t('setup.code'), {
                title: t('setup.code_hint'),
                autoComplete: 'off',
                autoCapitalize: 'characters',
                spellCheck: false,
                maxLength: 40,
                autoFocus: true,
              })}
              {field('username', t('setup.username'), {
                title: t('setup.username_hint'),
                autoComplete: 'username',
                autoCapitalize: 'none',
                spellCheck: false,
                minLength: 2,
                maxLength: 60,
              })}
              {field('password', t('setup.password'), {
                title: t('setup.password_hint'),
                type: 'password',
                autoComplete: 'new-password',
                minLength: 10,
                maxLength: 128,
              })}
              {field('repeat', t('setup.repeat'), {
                type: 'password',
                autoComplete: 'new-password',
                maxLength: 128,
              })}
              {field('estate_name', t('setup.estate'), {
                title: t('setup.estate_hint'),
                autoComplete: 'off',
                maxLength: 100,
              })}
              <button type="submit" className="btn btn-primary btn-block" disabled={busy}>
                {busy ? t('setup.busy') : t('setup.submit')}
              </button>
            </>
          )}
        </form>
      </main>
    </div>
  );
}

type TextFieldProps = InputHTMLAttributes<HTMLInputElement> & {
  name: string;
  label: string;
  error: string | undefined;
};

/** A labelled input; `title` is its hint, the error stands in the hint's place. */
function TextField({ label, error, title, ...input }: TextFieldProps) {
  const id = `setup-${input.name}`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={error || title ? `${id}-note` : undefined}
        {...input}
      />
      {error ? (
        <p id={`${id}-note`} className="field-error" role="alert">
          {error}
        </p>
      ) : (
        title && (
          <p id={`${id}-note`} className="hint">
            {title}
          </p>
        )
      )}
    </div>
  );
}
