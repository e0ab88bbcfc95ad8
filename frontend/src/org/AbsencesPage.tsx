import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/org';
import { t as ui } from '@/locales/ui';
import { trailWords } from '@/system/trailWords';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { ListPage } from '@/ui/list';
import { Facts, Trail } from '@/ui/record';
import { Pill, TimeText, type Tone } from '@/ui/text';
import { toast } from '@/ui/toast';

type Absence = Schema<'AbsenceView'>;
const NewAbsence = lazy(() => import('./NewAbsence'));

const TONE: Record<string, Tone> = { planned: 'warn', approved: 'ok' };

const statePill = (row: Absence) => (
  <Pill tone={TONE[row.state] ?? 'plain'}>{t.code('absence.state', row.state)}</Pill>
);

/** Who is away when and why; granted by a superior, covered first where the post needs it. */
export function AbsencesPage() {
  const can = useCan();
  const [open, setOpen] = useState<Absence | null>(null);
  const [making, setMaking] = useState(false);
  return (
    <>
      <ListPage<Absence>
        name="org.absences"
        title={t('absences.title')}
        kinds={['absence']}
        fetch={(query, signal) => ok(api.GET('/api/v1/absences', { params: { query }, signal }))}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        exportPath="/api/v1/absences"
        columns={[
          {
            key: 'who',
            title: t('absence.who'),
            render: (row) => row.employee_name,
            card: 'title',
          },
          {
            key: 'kind',
            title: t('absence.kind_label'),
            render: (row) => t.code('absence.kind', row.kind),
            width: 110,
          },
          {
            key: 'from',
            title: t('absence.from'),
            render: (row) => <TimeText value={row.starts_at} />,
            width: 190,
          },
          {
            key: 'until',
            title: t('absence.until'),
            render: (row) => <TimeText value={row.ends_at} />,
            width: 190,
          },
          { key: 'state', title: t('absence.state'), render: statePill, card: 'side', width: 110 },
        ]}
        filters={[
          {
            key: 'state',
            label: t('absence.state'),
            kind: 'choice',
            options: ['planned', 'approved', 'refused', 'cancelled'].map((value) => ({
              value,
              label: t.code('absence.state', value),
            })),
          },
        ]}
        actions={
          can('roster.edit') && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('absence.new')}
            </Button>
          )
        }
        empty={{ title: t('absences.none'), hint: t('absences.none_hint') }}
      />
      {open && <Detail row={open} show={setOpen} />}
      <Suspense>{making && <NewAbsence close={() => setMaking(false)} />}</Suspense>
    </>
  );
}

function Detail({ row, show }: { row: Absence; show: (row: Absence | null) => void }) {
  const can = useCan();
  const [ask, window] = useConfirm();
  const params = { path: { id: row.id } };
  const act = (what: 'approve' | 'refuse' | 'cancel') =>
    ask({
      title: t(`absence.${what}_ask`),
      text: `${row.employee_name} · ${t.code('absence.kind', row.kind)}`,
      confirm: t(`absence.${what}`),
      danger: what !== 'approve',
      reason: what === 'approve' ? 'none' : 'required',
      run: async (reason, headers) => {
        const after = await ok(
          what === 'approve'
            ? api.POST('/api/v1/absences/{id}/approve', { params, body: {}, headers })
            : what === 'refuse'
              ? api.POST('/api/v1/absences/{id}/refuse', { params, body: { reason }, headers })
              : api.POST('/api/v1/absences/{id}/cancel', { params, body: { reason }, headers }),
        );
        toast(t('done.saved'));
        show(after);
        reloadKind('absence');
      },
    });
  const planned = row.state === 'planned';
  return (
    <DetailDrawer
      open
      title={`${row.employee_name} · ${t.code('absence.kind', row.kind)}`}
      onClose={() => show(null)}
      footer={
        can('roster.edit') && (
          <div className="form-foot detail-foot">
            {(planned || row.state === 'approved') && (
              <Button onClick={() => act('cancel')}>{t('absence.cancel')}</Button>
            )}
            {planned && (
              <>
                <Button danger onClick={() => act('refuse')}>
                  {t('absence.refuse')}
                </Button>
                <Button type="primary" onClick={() => act('approve')}>
                  {t('absence.approve')}
                </Button>
              </>
            )}
          </div>
        )
      }
    >
      <Facts
        facts={[
          { label: t('absence.state'), value: statePill(row) },
          { label: t('absence.from'), value: <TimeText value={row.starts_at} /> },
          { label: t('absence.until'), value: <TimeText value={row.ends_at} /> },
          { label: t('absence.note'), value: row.note ?? '—' },
        ]}
      />
      {planned && <p className="muted">{t('absence.stand_in_hint')}</p>}
      {can('trail.read') && (
        <section style={{ marginTop: 24 }}>
          <h3>{ui('record.history')}</h3>
          <Trail kind="absence" id={row.id} words={trailWords} />
        </section>
      )}
      {window}
    </DetailDrawer>
  );
}
