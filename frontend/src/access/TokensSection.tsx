import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { queryClient } from '@/api/query';
import { t } from '@/locales/access';
import { useConfirm } from '@/ui/form';
import { Section } from '@/ui/record';
import { toast } from '@/ui/toast';
import { useCan } from './can';
import { SecretOnce } from './SecretOnce';
import { TokenList } from './TokenList';

type Token = Schema<'Token'>;
const NewToken = lazy(() => import('./NewToken'));
const KEY = ['me', 'tokens'];

/** One's own access tokens: made with fewer rights and an end, shown once, taken back at any time. */
export function TokensSection() {
  const can = useCan();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [ask, window] = useConfirm();
  const tokens = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ok(api.GET('/api/v1/me/tokens', { signal })),
    meta: { kinds: ['access_token'] },
    enabled: can('self.manage'),
  });
  const reload = () => queryClient.invalidateQueries({ queryKey: KEY });

  const revoke = (token: Token) =>
    ask({
      title: t('tokens.revoke_title', { name: token.name }),
      text: t('tokens.revoke_text'),
      confirm: t('tokens.revoke'),
      danger: true,
      reason: 'none',
      run: async () => {
        await api.DELETE('/api/v1/me/tokens/{id}', { params: { path: { id: token.id } } });
        toast(t('tokens.revoked_done'));
        await reload();
      },
    });

  return (
    <Section
      title={t('tokens.title')}
      extra={<Button onClick={() => setMaking(true)}>{t('tokens.new')}</Button>}
    >
      <p className="muted">{t('tokens.lead')}</p>
      {tokens.data?.length === 0 ? (
        <p className="token-none">
          {t('tokens.none')} · <span className="muted">{t('tokens.none_hint')}</span>
        </p>
      ) : (
        <TokenList tokens={tokens} revoke={revoke} />
      )}
      {window}
      <Suspense>
        {making && (
          <NewToken
            name="access.token"
            title={t('tokens.new')}
            create={(body, headers) => ok(api.POST('/api/v1/me/tokens', { body, headers }))}
            close={() => setMaking(false)}
            done={(secret) => {
              setMade(secret);
              void reload();
            }}
          />
        )}
      </Suspense>
      <Modal
        destroyOnHidden
        open={made !== null}
        title={t('tokens.made')}
        onCancel={() => setMade(null)}
        footer={<Button onClick={() => setMade(null)}>{t('once.done')}</Button>}
      >
        {made && <SecretOnce secret={made} />}
      </Modal>
    </Section>
  );
}
