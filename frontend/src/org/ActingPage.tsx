import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { reloadMe, useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { t as p } from '@/locales/permission';
import { t as ui } from '@/locales/ui';
import { trailWords } from '@/system/trailWords';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { aside, listed } from '@/ui/format';
import { ListPage, useShown } from '@/ui/list';
import { Facts, Trail } from '@/ui/record';
import { Pill, TimeText, type Tone } from '@/ui/text';
import { toast } from '@/ui/toast';
import { ActingTabs } from './ActingTabs';
import { isDecider } from './deciders';
import { usePostTitle } from './lookups';

export type Acting = Schema<'ActingView'>;
const NewActing = lazy(() => import('./NewActing'));

const TONE: Record<string, Tone> = {
  proposed: 'warn',
  confirmed: 'accent',
  active: 'ok',
  ended: 'plain',
  rejected: 'plain',
  cancelled: 'plain',
};

const statePill = (row: Acting) => (
  <Pill tone={TONE[row.state] ?? 'plain'}>{t.code('acting.state', row.state)}</Pill>
);

/** Who acts for whom: today first, then the register. */
export function ActingPage() {
  const can = useCan();
  const title = usePostTitle();
  const [open, setOpen] = useShown<Acting>((id) =>
    ok(api.GET('/api/v1/acting-periods/{id}', { params: { path: { id } } })),
  );
  const [making, setMaking] = useState(false);
  return (
    <>
      <ListPage<Acting>
        name="org.acting"
        title={t('acting.title')}
        kinds={['acting_period']}
        fetch={({ active, ...query }, signal) =>
          ok(
            api.GET('/api/v1/acting-periods', {
              params: { query: { ...query, ...(active ? { active: true } : {}) } },
              signal,
            }),
          )
        }
        rowKey={(row) => row.id}
        onOpen={setOpen}
        exportPath="/api/v1/acting-periods"
        tabs={<ActingTabs />}
        columns={[
          {
            key: 'stand_in',
            title: t('acting.stand_in'),
            render: (row) => row.stand_in_name,
            card: 'title',
            width: 140,
          },
          {
            key: 'principal',
            title: t('acting.principal'),
            render: (row) => row.principal_name ?? t('acting.vacancy'),
            width: 140,
          },
          { key: 'post', title: t('posts.post'), render: (row) => title(row.post) },
          {
            key: 'reason',
            title: t('acting.reason'),
            render: (row) => t.code('acting.reason', row.reason),
            width: 100,
          },
          {
            key: 'from',
            title: t('acting.from'),
            render: (row) => <TimeText value={row.starts_at} />,
            width: 190,
          },
          {
            key: 'until',
            title: t('acting.until'),
            render: (row) => <TimeText value={row.ends_at} />,
            width: 190,
          },
          { key: 'state', title: t('posts.state'), render: statePill, card: 'side', width: 110 },
        ]}
        filters={[
          { key: 'active', label: t('acting.today'), kind: 'flag' },
          {
            key: 'decision',
            label: t('assignment.decision'),
            kind: 'choice',
            options: ['proposed', 'confirmed', 'rejected', 'cancelled'].map((value) => ({
              value,
              label: t.code('acting.state', value),
            })),
          },
        ]}
        actions={
          can('acting.propose') && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('acting.new')}
            </Button>
          )
        }
        empty={{ title: t('acting.none'), hint: t('acting.none_hint') }}
      />
      {open && <Detail key={open.id} row={open} close={() => setOpen(null)} />}
      <Suspense>{making && <NewActing close={() => setMaking(false)} />}</Suspense>
    </>
  );
}

function Detail({ row: shown, close }: { row: Acting; close: () => void }) {
  const me = useMe();
  const can = useCan();
  const title = usePostTitle();
  const [ask, window] = useConfirm();
  // The record itself says who confirms.
  const full = useQuery({
    queryKey: ['org', 'acting', shown.id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/acting-periods/{id}', { params: { path: { id: shown.id } }, signal })),
    meta: { kinds: ['acting_period'] },
  });
  const row = full.data ?? shown;
  const params = { path: { id: row.id } };
  const sentence = t('acting.sentence', {
    who: row.stand_in_name,
    whom: row.principal_name ?? t('acting.vacancy'),
    post: title(row.post),
  });
  // Whoever else confirmed would be refused.
  const decides =
    row.state === 'proposed' && can('acting.confirm') && isDecider(row.waits_for, me.employee?.id);
  const concerned = [row.stand_in_id, row.principal_id].includes(me.employee?.id ?? '');

  type Act = 'confirm' | 'reject' | 'cancel' | 'end';
  const act = (what: Act) =>
    ask({
      title: t(`acting.${what}_ask`),
      text: sentence,
      confirm: t(`acting.${what}`),
      danger: what !== 'confirm',
      reason: what === 'confirm' ? 'none' : 'required',
      run: async (reason, headers) => {
        if (what === 'confirm') {
          await api.POST('/api/v1/acting-periods/{id}/confirm', { params, body: {}, headers });
        } else if (what === 'reject') {
          await api.POST('/api/v1/acting-periods/{id}/reject', {
            params,
            body: { reason },
            headers,
          });
        } else if (what === 'cancel') {
          await api.POST('/api/v1/acting-periods/{id}/cancel', {
            params,
            body: { reason },
            headers,
          });
        } else {
          await api.POST('/api/v1/acting-periods/{id}/end', { params, body: { reason }, headers });
        }
        toast(t('done.saved'));
        reloadKind('acting_period');
        if (concerned) await reloadMe();
      },
    });

  const items = Array.isArray(row.handover_items) ? (row.handover_items as unknown[]) : [];
  return (
    <DetailDrawer
      open
      title={sentence}
      onClose={close}
      footer={
        <div className="form-foot detail-foot">
          {decides && (
            <Button danger onClick={() => act('reject')}>
              {t('acting.reject')}
            </Button>
          )}
          {(row.state === 'proposed' || row.state === 'confirmed') && can('acting.propose') && (
            <Button onClick={() => act('cancel')}>{t('acting.cancel')}</Button>
          )}
          {row.state === 'active' && can('acting.propose') && (
            <Button danger onClick={() => act('end')}>
              {t('acting.end')}
            </Button>
          )}
          {decides && (
            <Button type="primary" onClick={() => act('confirm')}>
              {t('acting.confirm')}
            </Button>
          )}
        </div>
      }
    >
      <Facts
        facts={[
          { label: t('posts.state'), value: statePill(row) },
          { label: t('acting.from'), value: <TimeText value={row.starts_at} relative /> },
          { label: t('acting.until'), value: <TimeText value={row.ends_at} relative /> },
          { label: t('acting.reason'), value: t.code('acting.reason', row.reason) },
          ...(row.waits_for
            ? [
                {
                  label: t('acting.waits_for'),
                  value: listed(
                    row.waits_for.deciders.map((one) => `${one.name}${aside(title(one.post))}`),
                  ),
                },
              ]
            : []),
          {
            label: t('acting.excluded'),
            value: listed(row.excluded_rights.map((code) => (p.has(code) ? p(code) : code))) || '—',
          },
          { label: t('acting.handover'), value: items.map(String).join('；') || '—' },
          { label: t('field.clauses'), value: row.basis_clause ?? '—' },
          ...(row.note ? [{ label: t('field.reason'), value: row.note }] : []),
        ]}
      />
      {can('trail.read') && (
        <section style={{ marginTop: 24 }}>
          <h3>{ui('record.history')}</h3>
          <Trail kind="acting_period" id={row.id} words={trailWords} />
        </section>
      )}
      {window}
    </DetailDrawer>
  );
}
