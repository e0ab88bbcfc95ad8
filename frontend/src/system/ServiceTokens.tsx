import { useQuery } from '@tanstack/react-query';
import { type Token, TokenList } from '@/access/TokenList';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t as access } from '@/locales/access';
import { t } from '@/locales/system';
import { useConfirm } from '@/ui/form';
import { toast } from '@/ui/toast';

/** The tokens of a service: changed by a new one first, then the old one is taken back. */
export function ServiceTokens({ service }: { service: Schema<'Service'> }) {
  const [ask, window] = useConfirm();
  const tokens = useQuery({
    queryKey: ['system', 'service', service.id, 'tokens'],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/services/{id}/tokens', { params: { path: { id: service.id } }, signal })),
    meta: { kinds: ['access_token', 'account'] },
  });
  const revoke = (token: Token) =>
    ask({
      title: access('tokens.revoke_title', { name: token.name }),
      text: access('tokens.revoke_text'),
      confirm: access('tokens.revoke'),
      danger: true,
      reason: 'none',
      run: async () => {
        await api.DELETE('/api/v1/services/{id}/tokens/{token}', {
          params: { path: { id: service.id, token: token.id } },
        });
        toast(access('tokens.revoked_done'));
        reloadKind('access_token');
      },
    });
  return (
    <section style={{ marginTop: 24 }}>
      <h3>{access('tokens.title')}</h3>
      {tokens.data?.length === 0 ? (
        <p className="muted">{t('services.no_tokens')}</p>
      ) : (
        <TokenList tokens={tokens} revoke={revoke} />
      )}
      {window}
    </section>
  );
}
