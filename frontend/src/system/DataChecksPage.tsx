import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { t as ui } from '@/locales/ui';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { ListPage } from '@/ui/list';
import { Facts, Trail } from '@/ui/record';
import { Pill, TimeText, type Tone } from '@/ui/text';
import { toast } from '@/ui/toast';
import { trailWords } from './trailWords';

export type DataCheck = Schema<'DataCheck'>;
export const AREAS = ['meters', 'vehicles', 'bills', 'payments'] as const;
const NewDataCheck = lazy(() => import('./NewDataCheck'));
const ConcludeCheck = lazy(() => import('./ConcludeCheck'));

const TONE: Record<string, Tone> = {
  open: 'accent',
  passed: 'ok',
  exceptions: 'late',
  fixed: 'ok',
};

const statePill = (row: DataCheck) => (
  <Pill tone={TONE[row.state] ?? 'plain'}>{t.code('check.state', row.state)}</Pill>
);

/** Charging data checked month by month before the bills are run. */
export function DataChecksPage() {
  const can = useCan();
  const [open, setOpen] = useState<DataCheck | null>(null);
  const [making, setMaking] = useState(false);
  return (
    <>
      <ListPage<DataCheck>
        name="system.data-checks"
        title={t('checks.title')}
        kinds={['data_check']}
        fetch={(query, signal) => ok(api.GET('/api/v1/data-checks', { params: { query }, signal }))}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        exportPath="/api/v1/data-checks"
        columns={[
          {
            key: 'period',
            title: t('check.period'),
            render: (row) => `${row.period} ${t.code('area', row.area)}`,
            card: 'title',
          },
          { key: 'result', title: t('check.result'), render: (row) => row.result, wrap: true },
          {
            key: 'exceptions',
            title: t('check.exceptions'),
            render: (row) => row.exceptions.length,
            align: 'right',
            width: 90,
          },
          {
            key: 'opened',
            title: t('check.opened'),
            render: (row) => <TimeText value={row.created_at} />,
            width: 190,
          },
          { key: 'state', title: t('account.state'), render: statePill, card: 'side', width: 110 },
        ]}
        filters={[
          {
            key: 'area',
            label: t('check.area'),
            kind: 'choice',
            options: AREAS.map((value) => ({ value, label: t.code('area', value) })),
          },
          {
            key: 'state',
            label: t('account.state'),
            kind: 'choice',
            options: ['open', 'passed', 'exceptions', 'fixed'].map((value) => ({
              value,
              label: t.code('check.state', value),
            })),
          },
        ]}
        actions={
          can('data_check.run') && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('check.new')}
            </Button>
          )
        }
        empty={{ title: t('checks.none'), hint: t('checks.none_hint') }}
      />
      {open && <Detail row={open} show={setOpen} />}
      <Suspense>{making && <NewDataCheck close={() => setMaking(false)} />}</Suspense>
    </>
  );
}

function Detail({ row, show }: { row: DataCheck; show: (row: DataCheck | null) => void }) {
  const can = useCan();
  const [ask, window] = useConfirm();
  const [concluding, setConcluding] = useState(false);
  const done = (after: DataCheck) => {
    show(after);
    toast(t('done.saved'));
    reloadKind('data_check');
  };
  const fix = () =>
    ask({
      title: t('check.fix_ask'),
      confirm: t('check.fix'),
      reasonLabel: t('check.fix_how'),
      run: async (result, headers) =>
        done(
          await ok(
            api.POST('/api/v1/data-checks/{id}/fix', {
              params: { path: { id: row.id } },
              body: { result },
              headers,
            }),
          ),
        ),
    });
  return (
    <DetailDrawer
      open
      title={`${row.period} ${t.code('area', row.area)}`}
      onClose={() => show(null)}
      footer={
        can('data_check.run') && (
          <div className="form-foot detail-foot">
            {row.state === 'open' && (
              <Button type="primary" onClick={() => setConcluding(true)}>
                {t('check.conclude')}
              </Button>
            )}
            {row.state === 'exceptions' && (
              <Button type="primary" onClick={fix}>
                {t('check.fix')}
              </Button>
            )}
          </div>
        )
      }
    >
      <Facts
        facts={[
          { label: t('account.state'), value: statePill(row) },
          { label: t('check.opened'), value: <TimeText value={row.created_at} /> },
          { label: t('check.result'), value: row.result ?? '—' },
        ]}
      />
      {row.exceptions.length > 0 && (
        <section style={{ marginTop: 16 }}>
          <h3>{t('check.exceptions')}</h3>
          <ul>
            {row.exceptions.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </section>
      )}
      {can('trail.read') && (
        <section style={{ marginTop: 24 }}>
          <h3>{ui('record.history')}</h3>
          <Trail kind="data_check" id={row.id} words={trailWords} />
        </section>
      )}
      {window}
      <Suspense>
        {concluding && <ConcludeCheck row={row} close={() => setConcluding(false)} done={done} />}
      </Suspense>
    </DetailDrawer>
  );
}
