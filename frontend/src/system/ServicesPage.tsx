import { Button, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { permissionWords } from '@/access/PermissionPicker';
import { SecretOnce } from '@/access/SecretOnce';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t as access } from '@/locales/access';
import { t } from '@/locales/system';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { listed } from '@/ui/format';
import { ListPage } from '@/ui/list';
import { Facts } from '@/ui/record';
import { DateText, Pill } from '@/ui/text';
import { toast } from '@/ui/toast';
import { ServiceTokens } from './ServiceTokens';

type Service = Schema<'Service'>;
const NewService = lazy(() => import('./NewService'));
const NewToken = lazy(() => import('@/access/NewToken'));

/** Accounts of other systems: few rights, tokens shown once, ended with a reason. */
export function ServicesPage() {
  const me = useMe();
  const [open, setOpen] = useState<Service | null>(null);
  const [making, setMaking] = useState(false);
  const [tokenFor, setTokenFor] = useState<Service | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [ask, window] = useConfirm();
  const estateName = (id: string) => me.estates.find((one) => one.id === id)?.name ?? '';

  const disable = (service: Service) =>
    ask({
      title: t('services.disable_title', { name: service.display_name }),
      text: t('services.disable_text'),
      confirm: t('services.disable'),
      danger: true,
      run: async (reason, headers) => {
        await api.POST('/api/v1/services/{id}/disable', {
          params: { path: { id: service.id } },
          body: { reason },
          headers,
        });
        toast(t('services.disabled'));
        setOpen(null);
        reloadKind('account');
      },
    });

  return (
    <>
      <ListPage<Service>
        name="system.services"
        title={t('services.title')}
        kinds={['account']}
        fetch={(query, signal) => ok(api.GET('/api/v1/services', { params: { query }, signal }))}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        searchHint={t('services.search')}
        exportPath="/api/v1/services"
        columns={[
          {
            key: 'name',
            title: t('services.name'),
            render: (row) => row.display_name,
            card: 'title',
          },
          { key: 'state', title: t('services.state'), render: stateOf, card: 'side', width: 100 },
          { key: 'username', title: t('services.username'), render: (row) => row.username },
          { key: 'reason', title: t('services.reason'), render: (row) => row.reason, wrap: true },
          {
            key: 'permissions',
            title: t('services.permissions'),
            render: (row) => t('services.n', { n: row.permissions.length }),
            width: 100,
          },
          {
            key: 'created',
            title: t('services.created'),
            render: (row) => <DateText value={row.created_at} />,
            width: 150,
          },
        ]}
        rowTone={() => undefined}
        actions={
          <Button type="primary" onClick={() => setMaking(true)}>
            {t('services.new')}
          </Button>
        }
        empty={{ title: t('services.none'), hint: t('services.none_hint') }}
      />
      <DetailDrawer
        open={open !== null}
        title={open?.display_name}
        onClose={() => setOpen(null)}
        extra={
          open?.state === 'active' && (
            <>
              <Button danger onClick={() => disable(open)}>
                {t('services.disable')}
              </Button>{' '}
              <Button type="primary" onClick={() => setTokenFor(open)}>
                {t('services.token')}
              </Button>
            </>
          )
        }
      >
        {open && (
          <>
            <Facts
              facts={[
                { label: t('services.state'), value: stateOf(open) },
                { label: t('services.username'), value: open.username },
                { label: t('services.reason'), value: open.reason ?? '—' },
                { label: t('services.created'), value: <DateText value={open.created_at} /> },
                { label: t('services.estates'), value: listed(open.estates.map(estateName)) },
                {
                  label: t('services.permissions'),
                  value: open.permissions.map((code) => (
                    <div key={code}>{permissionWords(code)}</div>
                  )),
                },
              ]}
            />
            <ServiceTokens service={open} />
          </>
        )}
      </DetailDrawer>
      {window}
      <Suspense>
        {making && (
          <NewService
            close={() => setMaking(false)}
            done={(made) => {
              toast(t('services.made'));
              reloadKind('account');
              setOpen(made);
            }}
          />
        )}
        {tokenFor && (
          <NewToken
            name={`system.service-token.${tokenFor.id}`}
            title={t('services.token_title', { name: tokenFor.display_name })}
            held={tokenFor.permissions}
            create={(body, headers) =>
              ok(
                api.POST('/api/v1/services/{id}/tokens', {
                  params: { path: { id: tokenFor.id } },
                  body,
                  headers,
                }),
              )
            }
            close={() => setTokenFor(null)}
            done={(fresh) => {
              setSecret(fresh);
              reloadKind('access_token');
            }}
          />
        )}
      </Suspense>
      <Modal
        destroyOnHidden
        open={secret !== null}
        title={access('tokens.made')}
        onCancel={() => setSecret(null)}
        footer={<Button onClick={() => setSecret(null)}>{access('once.done')}</Button>}
      >
        {secret && <SecretOnce secret={secret} />}
      </Modal>
    </>
  );
}

const stateOf = (service: Service) => (
  <Pill tone={service.state === 'active' ? 'ok' : 'plain'}>
    {t.code('services.state', service.state)}
  </Pill>
);
