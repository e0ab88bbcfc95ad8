import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { reloadMe, useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/estate';
import { t as ui } from '@/locales/ui';
import { trailWords } from '@/system/trailWords';
import { Anchor } from '@/ui/Anchor';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { ListPage, useShown, whole } from '@/ui/list';
import { Facts, Trail } from '@/ui/record';
import { DateText } from '@/ui/text';
import { toast } from '@/ui/toast';

type Estate = Schema<'Estate'>;
const EstateForm = lazy(() => import('./EstateForm'));

/** The estates one works in: name and address, the public page, a new one by the company. */
export function EstatesPage() {
  const me = useMe();
  const can = useCan();
  const [open, setOpen] = useShown<Estate>((id) =>
    ok(api.GET('/api/v1/estates/{id}', { params: { path: { id } } })),
  );
  const [making, setMaking] = useState(false);
  // A new estate is the company's decision, not that of another estate's manager.
  const company =
    can('estate.manage') && (me.is_administrator || me.posts.some((held) => held.post === 'GM'));
  return (
    <>
      <ListPage<Estate>
        name="estate.estates"
        title={t('estates.title')}
        kinds={['estate']}
        fetch={async (_, signal) => whole(await ok(api.GET('/api/v1/estates', { signal })))}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        exportPath="/api/v1/estates"
        columns={[
          { key: 'name', title: t('field.name'), render: (row) => row.name, card: 'title' },
          { key: 'code', title: t('estate.code'), render: (row) => row.code, width: 120 },
          {
            key: 'address',
            title: t('estate.address'),
            render: (row) => row.address || '—',
            wrap: true,
          },
          {
            key: 'standard',
            title: t('estate.standard'),
            render: (row) => row.service_standard || '—',
            width: 200,
          },
          {
            key: 'created',
            title: t('estate.since'),
            render: (row) => <DateText value={row.created_at} />,
            width: 150,
          },
        ]}
        actions={
          company && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('estate.new')}
            </Button>
          )
        }
      />
      {open && <Detail estate={open} show={setOpen} />}
      <Suspense>
        {making && (
          <EstateForm
            close={() => setMaking(false)}
            done={(made) => {
              setOpen(made);
              void reloadMe();
            }}
          />
        )}
      </Suspense>
    </>
  );
}

function Detail({ estate, show }: { estate: Estate; show: (estate: Estate | null) => void }) {
  const can = useCan();
  const [ask, window] = useConfirm();
  const [changing, setChanging] = useState(false);
  const renew = () =>
    ask({
      title: t('estate.renew_ask', { name: estate.name }),
      text: t('estate.renew_text'),
      confirm: t('estate.renew'),
      danger: true,
      run: async (reason, headers) => {
        const params = { path: { id: estate.id } };
        show(
          await ok(
            api.POST('/api/v1/estates/{id}/renew-public-code', {
              params,
              body: { reason },
              headers,
            }),
          ),
        );
        toast(t('estate.renewed'));
        reloadKind('estate');
      },
    });
  return (
    <DetailDrawer
      open
      title={estate.name}
      onClose={() => show(null)}
      footer={
        can('estate.manage') && (
          <div className="form-foot detail-foot">
            <Button danger onClick={renew}>
              {t('estate.renew')}
            </Button>
            <Button type="primary" onClick={() => setChanging(true)}>
              {t('element.change')}
            </Button>
          </div>
        )
      }
    >
      <Facts
        facts={[
          { label: t('estate.code'), value: estate.code },
          { label: t('estate.address'), value: estate.address || '—' },
          {
            label: t('estate.standard'),
            value: estate.service_standard ? (
              <>
                {estate.service_standard}
                {estate.service_standard_on && (
                  <span className="muted">
                    {' '}
                    <DateText value={estate.service_standard_on} />
                  </span>
                )}
              </>
            ) : (
              '—'
            ),
          },
          {
            label: t('estate.public'),
            value: (
              <>
                <a href={`/report?estate=${estate.public_code}`}>{t('estate.public_open')}</a>
                {can('report.triage') && (
                  <>
                    {' · '}
                    <Anchor href="/poster">{t('estate.poster')}</Anchor>
                  </>
                )}
              </>
            ),
          },
          { label: t('estate.zone'), value: estate.time_zone },
          { label: t('estate.since'), value: <DateText value={estate.created_at} /> },
        ]}
      />
      {can('trail.read') && (
        <section style={{ marginTop: 24 }}>
          <h3>{ui('record.history')}</h3>
          <Trail kind="estate" id={estate.id} words={trailWords} />
        </section>
      )}
      {window}
      <Suspense>
        {changing && (
          <EstateForm
            estate={estate}
            close={() => setChanging(false)}
            done={(after) => {
              show(after);
              void reloadMe();
            }}
          />
        )}
      </Suspense>
    </DetailDrawer>
  );
}
