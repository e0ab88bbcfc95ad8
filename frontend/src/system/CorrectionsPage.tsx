import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { ListPage } from '@/ui/list';
import { Facts } from '@/ui/record';
import { Pill, TimeText, type Tone } from '@/ui/text';
import { toast } from '@/ui/toast';

type Correction = Schema<'DataCorrection'>;
const NewCorrection = lazy(() => import('./NewCorrection'));

const TONE: Record<string, Tone> = { proposed: 'warn', approved: 'ok' };

const statePill = (row: Correction) => (
  <Pill tone={TONE[row.state] ?? 'plain'}>{t.code('correction.state', row.state)}</Pill>
);

/** Corrections of charging data: proposed by one person, approved by another. */
export function CorrectionsPage() {
  const can = useCan();
  const [open, setOpen] = useState<Correction | null>(null);
  const [making, setMaking] = useState(false);
  return (
    <>
      <ListPage<Correction>
        name="system.corrections"
        title={t('corrections.title')}
        kinds={['data_correction']}
        fetch={(query, signal) =>
          ok(api.GET('/api/v1/data-corrections', { params: { query }, signal }))
        }
        rowKey={(row) => row.id}
        onOpen={setOpen}
        exportPath="/api/v1/data-corrections"
        columns={[
          { key: 'no', title: t('correction.no'), render: (row) => row.no, card: 'title' },
          {
            key: 'record',
            title: t('correction.record'),
            render: (row) => `${t.code('correction.kind', row.record_kind)} ${row.record_ref}`,
          },
          { key: 'field', title: t('correction.field'), render: (row) => row.field },
          {
            key: 'change',
            title: t('correction.after'),
            render: (row) => `${row.before_value} → ${row.after_value}`,
            wrap: true,
          },
          { key: 'reason', title: t('field.reason'), render: (row) => row.reason, wrap: true },
          { key: 'state', title: t('account.state'), render: statePill, card: 'side', width: 110 },
        ]}
        filters={[
          {
            key: 'state',
            label: t('account.state'),
            kind: 'choice',
            options: ['proposed', 'approved', 'rejected'].map((value) => ({
              value,
              label: t.code('correction.state', value),
            })),
          },
        ]}
        actions={
          can('data_check.run') && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('correction.new')}
            </Button>
          )
        }
        empty={{ title: t('corrections.none'), hint: t('corrections.none_hint') }}
      />
      {open && <Detail row={open} show={setOpen} />}
      <Suspense>{making && <NewCorrection close={() => setMaking(false)} />}</Suspense>
    </>
  );
}

function Detail({ row, show }: { row: Correction; show: (row: Correction | null) => void }) {
  const can = useCan();
  const [ask, window] = useConfirm();
  const act = (what: 'approve' | 'reject') =>
    ask({
      title: t(`correction.${what}_ask`),
      text: `${row.before_value} → ${row.after_value}`,
      confirm: t(`correction.${what}`),
      danger: what === 'reject',
      reason: what === 'approve' ? 'optional' : 'required',
      run: async (note, headers) => {
        const call = {
          params: { path: { id: row.id } },
          body: { note: note || null },
          headers,
        };
        show(
          await ok(
            what === 'approve'
              ? api.POST('/api/v1/data-corrections/{id}/approve', call)
              : api.POST('/api/v1/data-corrections/{id}/reject', call),
          ),
        );
        toast(t('done.saved'));
        reloadKind('data_correction');
      },
    });
  return (
    <DetailDrawer
      open
      title={row.no}
      onClose={() => show(null)}
      footer={
        row.state === 'proposed' &&
        can('data_check.approve') && (
          <div className="form-foot detail-foot">
            <Button danger onClick={() => act('reject')}>
              {t('correction.reject')}
            </Button>
            <Button type="primary" onClick={() => act('approve')}>
              {t('correction.approve')}
            </Button>
          </div>
        )
      }
    >
      <Facts
        facts={[
          { label: t('account.state'), value: statePill(row) },
          {
            label: t('correction.record'),
            value: `${t.code('correction.kind', row.record_kind)} ${row.record_ref}`,
          },
          { label: t('correction.field'), value: row.field },
          { label: t('correction.before'), value: row.before_value },
          { label: t('correction.after'), value: row.after_value },
          { label: t('field.reason'), value: row.reason },
          { label: t('account.created'), value: <TimeText value={row.created_at} /> },
          ...(row.decision_note ? [{ label: t('request.note'), value: row.decision_note }] : []),
        ]}
      />
      {window}
    </DetailDrawer>
  );
}
