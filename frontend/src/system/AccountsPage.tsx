import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { SecretOnce } from '@/access/SecretOnce';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t as access } from '@/locales/access';
import { t } from '@/locales/system';
import { t as ui } from '@/locales/ui';
import { useEstate, usePostTitle } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { listed } from '@/ui/format';
import { ExportButton, ListPage } from '@/ui/list';
import { Facts, Trail } from '@/ui/record';
import { Pill, TimeText, type Tone } from '@/ui/text';
import { toast } from '@/ui/toast';
import { RequestsPanel } from './RequestsPanel';
import { trailWords } from './trailWords';

export type Account = Schema<'AccountView'>;
const NewAccountRequest = lazy(() => import('./NewAccountRequest'));

const TONE: Record<string, Tone> = { active: 'ok', requested: 'warn' };

const statePill = (row: Account) => (
  <Pill tone={TONE[row.state] ?? 'plain'}>{t.code('account.state', row.state)}</Pill>
);

/** Logins with the posts behind them; requests that wait stand above. */
export function AccountsPage() {
  const can = useCan();
  const title = usePostTitle();
  const [open, setOpen] = useState<Account | null>(null);
  const [asking, setAsking] = useState(false);
  const [secret, setSecret] = useState<{ username: string; password: string } | null>(null);
  return (
    <>
      <ListPage<Account>
        name="system.accounts"
        title={t('accounts.title')}
        kinds={['account']}
        fetch={(query, signal) => ok(api.GET('/api/v1/accounts', { params: { query }, signal }))}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        searchHint={t('accounts.search')}
        exportPath="/api/v1/accounts"
        columns={[
          {
            key: 'name',
            title: t('account.name'),
            render: (row) => row.display_name,
            card: 'title',
          },
          { key: 'username', title: t('account.username'), render: (row) => row.username },
          {
            key: 'posts',
            title: t('account.posts'),
            render: (row) => listed(row.posts.map(title).filter(Boolean)),
            wrap: true,
          },
          {
            key: 'login',
            title: t('account.last_login'),
            render: (row) =>
              row.last_login_at ? (
                <TimeText value={row.last_login_at} />
              ) : (
                <span className="muted">{t('account.never')}</span>
              ),
            width: 200,
          },
          { key: 'state', title: t('account.state'), render: statePill, card: 'side', width: 100 },
        ]}
        filters={[
          {
            key: 'state',
            label: t('account.state'),
            kind: 'choice',
            options: ['active', 'disabled'].map((value) => ({
              value,
              label: t.code('account.state', value),
            })),
          },
        ]}
        above={
          <>
            <RequestsPanel showPassword={setSecret} />
            <Figures />
          </>
        }
        actions={
          <>
            <ExportButton
              path="/api/v1/account-requests"
              name={t('requests.what')}
              of={t('requests.what')}
            />
            {can('account.request') && (
              <Button type="primary" onClick={() => setAsking(true)}>
                {t('request.new')}
              </Button>
            )}
          </>
        }
        empty={{ title: t('accounts.none'), hint: t('accounts.none_hint') }}
      />
      {open && <Detail row={open} close={() => setOpen(null)} showPassword={setSecret} />}
      <Suspense>{asking && <NewAccountRequest close={() => setAsking(false)} />}</Suspense>
      <Modal
        open={secret !== null}
        destroyOnHidden
        title={secret ? t('account.first_password', { username: secret.username }) : ''}
        onCancel={() => setSecret(null)}
        footer={<Button onClick={() => setSecret(null)}>{access('once.done')}</Button>}
      >
        {secret && <SecretOnce secret={secret.password} lead={t('account.first_password_lead')} />}
      </Modal>
    </>
  );
}

/** Computer management in numbers: corrections, failed backups, accounts nobody uses. */
function Figures() {
  const { estate } = useEstate();
  const figures = useQuery({
    queryKey: ['system', 'figures', estate],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/computer-figures', { params: { query: { estate_id: estate } }, signal })),
    enabled: estate !== '',
    meta: { kinds: ['account', 'backup', 'data_check'] },
  });
  if (!figures.data) return null;
  const {
    dormant_accounts: dormant,
    failed_backups,
    corrections,
    days_with_backup,
    days,
  } = figures.data;
  return (
    <p className="muted">
      {t('figures.line', {
        dormant: dormant.length,
        corrections,
        failed: failed_backups,
        with: days_with_backup,
        days,
      })}
    </p>
  );
}

function Detail(props: {
  row: Account;
  close: () => void;
  showPassword: (secret: { username: string; password: string }) => void;
}) {
  const { row, close } = props;
  const can = useCan();
  const title = usePostTitle();
  const [ask, window] = useConfirm();
  const reset = () =>
    ask({
      title: t('account.reset_ask', { name: row.display_name }),
      text: t('account.reset_text'),
      confirm: t('account.reset'),
      danger: true,
      run: async (reason, headers) => {
        const made = await ok(
          api.POST('/api/v1/accounts/{id}/reset-password', {
            params: { path: { id: row.id } },
            body: { reason },
            headers,
          }),
        );
        close();
        props.showPassword({ username: row.username, password: made.password });
        reloadKind('account');
      },
    });
  /** Disabling and enabling are requests too: asked and decided, both on record. */
  const request = (kind: 'disable' | 'enable') =>
    ask({
      title: t(`account.${kind}_ask`, { name: row.display_name }),
      text: t(`account.${kind}_text`),
      confirm: t(`account.${kind}`),
      danger: kind === 'disable',
      run: async (reason, headers) => {
        const asked = await ok(
          api.POST('/api/v1/account-requests', {
            body: { employee_id: row.employee_id ?? '', kind, reason },
            headers,
          }),
        );
        if (can('account.manage')) {
          const done = await ok(
            api.POST('/api/v1/account-requests/{id}/grant', {
              params: { path: { id: asked.id } },
              body: { note: reason },
            }),
          );
          if (done.first_password) {
            props.showPassword({ username: done.username, password: done.first_password });
          }
        }
        toast(t(can('account.manage') ? 'account.done' : 'request.sent'));
        close();
        reloadKind('account');
      },
    });
  return (
    <DetailDrawer
      open
      title={row.display_name}
      onClose={close}
      footer={
        <div className="form-foot detail-foot">
          {can('account.request') && row.employee_id && (
            <Button
              danger={row.state === 'active'}
              onClick={() => request(row.state === 'active' ? 'disable' : 'enable')}
            >
              {t(row.state === 'active' ? 'account.disable' : 'account.enable')}
            </Button>
          )}
          {can('account.manage') && row.state === 'active' && (
            <Button type="primary" onClick={reset}>
              {t('account.reset')}
            </Button>
          )}
        </div>
      }
    >
      <Facts
        facts={[
          { label: t('account.state'), value: statePill(row) },
          { label: t('account.username'), value: row.username },
          {
            label: t('account.person'),
            value: row.employee_id ? (
              <Anchor href={`/org/employees/${row.employee_id}`}>{row.display_name}</Anchor>
            ) : (
              row.display_name
            ),
          },
          {
            label: t('account.posts'),
            value: listed(row.posts.map(title).filter(Boolean)) || '—',
          },
          {
            label: t('account.last_login'),
            value: <TimeText value={row.last_login_at} relative />,
          },
          { label: t('account.created'), value: <TimeText value={row.created_at} /> },
          ...(row.disabled_at
            ? [{ label: t('account.disabled_at'), value: <TimeText value={row.disabled_at} /> }]
            : []),
          ...(row.reason ? [{ label: t('field.reason'), value: row.reason }] : []),
        ]}
      />
      {can('trail.read') && (
        <section style={{ marginTop: 24 }}>
          <h3>{ui('record.history')}</h3>
          <Trail kind="account" id={row.id} words={trailWords} />
        </section>
      )}
      {window}
    </DetailDrawer>
  );
}
