import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/system';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { formatCount } from '@/ui/format';
import { ListPage } from '@/ui/list';
import { Facts } from '@/ui/record';
import { Pill, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';

type Backup = Schema<'BackupRecord'>;
const NewBackup = lazy(() => import('./NewBackup'));

const statePill = (row: Backup) =>
  row.succeeded ? (
    <Pill tone={row.verified_at ? 'ok' : 'accent'}>
      {t(row.verified_at ? 'backup.verified' : 'backup.succeeded')}
    </Pill>
  ) : (
    <Pill tone="late">{t('backup.failed')}</Pill>
  );

/** Bytes as people say them. */
function sizeOf(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return '—';
  if (bytes < 1_000_000) return `${formatCount(Math.ceil(bytes / 1000))} kB`;
  return `${formatCount(Math.round(bytes / 100_000) / 10)} MB`;
}

/** The backup log: made, tried out, checked by a second person. */
export function BackupsPage() {
  const can = useCan();
  const [open, setOpen] = useState<Backup | null>(null);
  const [making, setMaking] = useState(false);
  return (
    <>
      <ListPage<Backup>
        name="system.backups"
        title={t('backups.title')}
        kinds={['backup']}
        fetch={({ succeeded, ...query }, signal) =>
          ok(
            api.GET('/api/v1/backup-records', {
              params: {
                query: { ...query, ...(succeeded ? { succeeded: succeeded === 'true' } : {}) },
              },
              signal,
            }),
          )
        }
        rowKey={(row) => row.id}
        onOpen={setOpen}
        rowTone={(row) => (row.succeeded ? undefined : 'late')}
        exportPath="/api/v1/backup-records"
        columns={[
          {
            key: 'at',
            title: t('backup.at'),
            render: (row) => <TimeText value={row.taken_at} />,
            card: 'title',
            width: 200,
          },
          {
            key: 'kind',
            title: t('backup.kind'),
            render: (row) => t.code('backup.kind', row.kind),
            width: 120,
          },
          { key: 'place', title: t('backup.place'), render: (row) => row.place, wrap: true },
          {
            key: 'size',
            title: t('backup.size'),
            render: (row) => sizeOf(row.size_bytes),
            align: 'right',
            width: 110,
          },
          { key: 'note', title: t('computer.note'), render: (row) => row.note, wrap: true },
          { key: 'state', title: t('account.state'), render: statePill, card: 'side', width: 130 },
        ]}
        filters={[
          {
            key: 'kind',
            label: t('backup.kind'),
            kind: 'choice',
            options: ['backup', 'restore_test'].map((value) => ({
              value,
              label: t.code('backup.kind', value),
            })),
          },
          {
            key: 'succeeded',
            label: t('account.state'),
            kind: 'choice',
            options: [
              { value: 'true', label: t('backup.succeeded') },
              { value: 'false', label: t('backup.failed') },
            ],
          },
        ]}
        actions={
          can('data_check.run') && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('backup.new')}
            </Button>
          )
        }
        empty={{ title: t('backups.none'), hint: t('backups.none_hint') }}
      />
      {open && <Detail row={open} show={setOpen} />}
      <Suspense>{making && <NewBackup close={() => setMaking(false)} />}</Suspense>
    </>
  );
}

function Detail({ row, show }: { row: Backup; show: (row: Backup | null) => void }) {
  const can = useCan();
  const [ask, window] = useConfirm();
  const verify = () =>
    ask({
      title: t('backup.verify_ask'),
      text: t('backup.verify_text'),
      confirm: t('backup.verify'),
      reason: 'none',
      run: async (_, headers) => {
        const after = await ok(
          api.POST('/api/v1/backup-records/{id}/verify', {
            params: { path: { id: row.id } },
            body: {},
            headers,
          }),
        );
        show(after);
        toast(t('done.saved'));
        reloadKind('backup');
      },
    });
  return (
    <DetailDrawer
      open
      title={t.code('backup.kind', row.kind)}
      onClose={() => show(null)}
      footer={
        row.succeeded &&
        !row.verified_at &&
        can('data_check.approve') && (
          <div className="form-foot detail-foot">
            <Button type="primary" onClick={verify}>
              {t('backup.verify')}
            </Button>
          </div>
        )
      }
    >
      <Facts
        facts={[
          { label: t('account.state'), value: statePill(row) },
          { label: t('backup.at'), value: <TimeText value={row.taken_at} relative /> },
          { label: t('backup.place'), value: row.place },
          { label: t('backup.size'), value: sizeOf(row.size_bytes) },
          { label: t('backup.verified_at'), value: <TimeText value={row.verified_at} /> },
          { label: t('computer.note'), value: row.note ?? '—' },
        ]}
      />
      {window}
    </DetailDrawer>
  );
}
