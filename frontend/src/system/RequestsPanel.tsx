import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { useConfirm } from '@/ui/form';
import { Section } from '@/ui/record';
import { Pill, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';

type Request = Schema<'AccountRequestView'>;

/** Requests for accounts that wait; renders nothing when none does. */
export function RequestsPanel(props: {
  showPassword: (secret: { username: string; password: string }) => void;
}) {
  const can = useCan();
  const [ask, window] = useConfirm();
  const waiting = useQuery({
    queryKey: ['system', 'account-requests'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/account-requests', {
          params: { query: { state: 'requested', limit: 50 } },
          signal,
        }),
      ),
    meta: { kinds: ['account', 'account_request'] },
  });
  const about = (row: Request) =>
    `${row.employee_name} · ${t.code('request.kind', row.kind)}${row.username ? ` · ${row.username}` : ''}`;
  const grant = (row: Request) =>
    ask({
      title: t('request.grant_ask'),
      text: about(row),
      confirm: t('request.grant'),
      reason: 'optional',
      reasonLabel: t('request.note'),
      run: async (note, headers) => {
        const done = await ok(
          api.POST('/api/v1/account-requests/{id}/grant', {
            params: { path: { id: row.id } },
            body: { note: note || null },
            headers,
          }),
        );
        if (done.first_password) {
          props.showPassword({ username: done.username, password: done.first_password });
        } else toast(t('account.done'));
        reloadKind('account');
      },
    });
  const refuse = (row: Request) =>
    ask({
      title: t('request.refuse_ask'),
      text: about(row),
      confirm: t('request.refuse'),
      danger: true,
      run: async (note, headers) => {
        await api.POST('/api/v1/account-requests/{id}/refuse', {
          params: { path: { id: row.id } },
          body: { note },
          headers,
        });
        toast(t('request.refused'));
        reloadKind('account');
      },
    });
  const items = waiting.data?.items ?? [];
  return (
    <>
      {items.length > 0 && (
        <Section title={t('requests.waiting', { n: items.length })}>
          <ul className="plain-list">
            {items.map((row) => (
              <li key={row.id}>
                <div>
                  <b>{row.employee_name}</b>{' '}
                  <Pill tone="accent">{t.code('request.kind', row.kind)}</Pill>
                  <div className="muted">
                    {row.reason} · <TimeText value={row.created_at} />
                  </div>
                </div>
                {can('account.manage') && (
                  <>
                    <Button danger onClick={() => refuse(row)}>
                      {t('request.refuse')}
                    </Button>
                    <Button type="primary" onClick={() => grant(row)}>
                      {t('request.grant')}
                    </Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {window}
    </>
  );
}
