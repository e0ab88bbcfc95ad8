import type { ReactNode } from 'react';
import { NetworkError, NoPermissionError, ProblemError, sayError } from '@/api/problem';
import { t } from '@/locales/base';
import { Icon, type IconName } from './icons';

interface StateViewProps {
  icon: IconName;
  title: string;
  hint?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status';
}

/** One look for every moment at which there is nothing to show. */
export function StateView({ icon, title, hint, actions, role = 'status' }: StateViewProps) {
  return (
    <div className="state" role={role}>
      <Icon name={icon} />
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {actions && <div className="actions">{actions}</div>}
    </div>
  );
}

/** What happened and what to do now, for anything a load can throw. */
export function ErrorView({ error, retry }: { error: unknown; retry?: () => void }) {
  const again = retry && (
    <button type="button" className="btn" onClick={retry}>
      {t('state.retry')}
    </button>
  );
  const home = (
    <a className="btn" href="/">
      {t('state.home')}
    </a>
  );
  const status = error instanceof ProblemError ? error.status : 0;
  if (error instanceof NoPermissionError || status === 403) {
    return (
      <StateView
        icon="lock"
        title={t('state.forbidden')}
        hint={t('state.forbidden_hint')}
        actions={home}
      />
    );
  }
  if (status === 404) {
    return (
      <StateView
        icon="search"
        title={t('state.not_found')}
        hint={t('state.not_found_hint')}
        actions={home}
      />
    );
  }
  if (error instanceof NetworkError) {
    return (
      <StateView
        icon="cloud"
        title={t('state.offline')}
        hint={t('state.offline_hint')}
        actions={again}
      />
    );
  }
  const reference = error instanceof ProblemError ? error.reference : undefined;
  return (
    <StateView
      role="alert"
      icon="warning"
      title={t('state.error')}
      hint={
        <>
          {sayError(error)}
          {!(error instanceof ProblemError) && (
            <>
              <br />
              {t('state.error_hint')}
            </>
          )}
          {reference && (
            <>
              <br />
              {t('state.reference', { id: reference })}
            </>
          )}
        </>
      }
      actions={again ?? home}
    />
  );
}

/** Grey lines in the place of what is coming, so that nothing jumps when it arrives. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  const widths = ['92%', '78%', '85%', '64%'];
  return (
    <div role="status" aria-label={t('state.loading')} style={{ padding: 16 }}>
      {Array.from({ length: lines }, (_, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed pattern without identity
          key={i}
          className="skeleton"
          style={{ width: widths[i % widths.length], marginBottom: 18 }}
        />
      ))}
    </div>
  );
}
