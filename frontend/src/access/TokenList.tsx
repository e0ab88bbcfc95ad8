import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import type { Schema } from '@/api/client';
import { t } from '@/locales/access';
import { t as p } from '@/locales/permission';
import { listed } from '@/ui/format';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { DateText, Pill, TimeText } from '@/ui/text';
import './account.css';

export type Token = Schema<'Token'>;

interface TokenListProps {
  tokens: UseQueryResult<Token[]>;
  revoke: (token: Token) => void;
}

/** Tokens of a person or a service: what for, how they begin, since when unused; taken back here. */
export function TokenList({ tokens, revoke }: TokenListProps) {
  if (tokens.isPending) return <Skeleton lines={2} />;
  if (tokens.isError) return <ErrorView error={tokens.error} retry={() => tokens.refetch()} />;
  return (
    <ul className="account-lines">
      {tokens.data.map((token) => (
        <TokenLine key={token.id} token={token} revoke={() => revoke(token)} />
      ))}
    </ul>
  );
}

function TokenLine({ token, revoke }: { token: Token; revoke: () => void }) {
  const over = Date.parse(token.expires_at) < Date.now();
  const ended = over || Boolean(token.revoked_at);
  return (
    <li className={ended ? 'ended' : undefined}>
      <div>
        <b>{token.name}</b>{' '}
        <Pill tone={ended ? 'plain' : 'ok'}>
          {token.revoked_at ? t('tokens.revoked') : over ? t('tokens.expired') : t('tokens.active')}
        </Pill>
        <div className="muted">
          {t('tokens.hint')} <code>{token.hint}…</code> ·{' '}
          <span title={listed(token.permissions.map((code) => (p.has(code) ? p(code) : code)))}>
            {t('tokens.permissions_n', { n: token.permissions.length })}
          </span>
        </div>
      </div>
      <div className="muted">
        {t('tokens.expires')} <DateText value={token.expires_at} />
        <br />
        {token.last_used_at ? (
          <>
            {t('tokens.last_used')} <TimeText value={token.last_used_at} relative />
          </>
        ) : (
          t('tokens.never_used')
        )}
      </div>
      {!ended && (
        <Button danger onClick={revoke}>
          {t('tokens.revoke')}
        </Button>
      )}
    </li>
  );
}
