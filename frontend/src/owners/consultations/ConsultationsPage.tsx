import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/owners';
import { useEstate, usePostTitle } from '@/org/lookups';
import { ListPage } from '@/ui/list';
import { Deadline, TimeText } from '@/ui/text';
import { FileField } from '../fields';
import { FileName } from '../names';
import { ConsultationPill, consultationStates, options } from '../words';
import '../owners.css';

const Ask = lazy(() => import('./RequestConsultation'));

/** The consultation log: which file, who reads it and what for, out and back. */
export function ConsultationsPage() {
  const can = useCan();
  const title = usePostTitle();
  const { estate, choice } = useEstate();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <ListPage<Schema<'ConsultationLine'>>
        name="owners.consultations"
        title={t('consultations.title')}
        kinds={['consultation']}
        fetch={(query, signal) =>
          ok(api.GET('/api/v1/consultations', { params: { query }, signal }))
        }
        fixed={{ estate_id: estate }}
        rowKey={(row) => row.id}
        href={(row) => `/consultations/${row.id}`}
        exportPath="/api/v1/consultations"
        above={
          <>
            {choice}
            <p className="muted ow-above">
              {can('party.edit') || can('archive.approve')
                ? t('consultations.lead_all')
                : t('consultations.lead_mine')}
            </p>
          </>
        }
        columns={[
          { key: 'no', title: t('field.no'), render: (row) => row.no, width: 140 },
          {
            key: 'file',
            title: t('consultation.file'),
            render: (row) => (
              <>
                <b className="num">{row.house_no}</b> <span className="muted">{row.file_no}</span>
              </>
            ),
            card: 'title',
            width: 220,
          },
          {
            key: 'reader',
            title: t('consultation.reader'),
            render: (row) => (
              <>
                {row.reader_name} <span className="muted">{title(row.responsible_post)}</span>
              </>
            ),
            width: 190,
          },
          {
            key: 'purpose',
            title: t('consultation.purpose'),
            render: (row) => row.purpose,
            wrap: true,
          },
          {
            key: 'state',
            title: t('field.state'),
            render: (row) => <ConsultationPill state={row.state} />,
            card: 'side',
            width: 100,
          },
          {
            key: 'out',
            title: t('consultation.out_at'),
            render: (row) => <TimeText value={row.out_at} />,
            width: 190,
          },
          {
            key: 'due',
            title: t('consultation.due_on'),
            render: (row) => <DueOf row={row} />,
            width: 200,
          },
          {
            key: 'returned',
            title: t('consultation.returned_at'),
            render: (row) => <TimeText value={row.returned_at} />,
            hidden: true,
          },
          {
            key: 'decided',
            title: t('consultation.decided_by'),
            render: (row) => row.decided_by_name ?? '—',
            hidden: true,
          },
          {
            key: 'requested',
            title: t('consultation.requested_at'),
            render: (row) => <TimeText value={row.requested_at} />,
            hidden: true,
          },
        ]}
        filters={[
          {
            key: 'state',
            label: t('field.state'),
            kind: 'choice',
            options: options('consultation_state', consultationStates),
          },
          { key: 'overdue', label: t('consultations.overdue'), kind: 'flag' },
          {
            key: 'house_file_id',
            label: t('consultation.file'),
            kind: 'record',
            Field: FileField,
            Name: FileName,
          },
        ]}
        rowTone={(row) => (row.overdue ? 'late' : row.state === 'requested' ? 'warn' : undefined)}
        actions={
          can('archive.consult') && (
            <Button type="primary" onClick={() => setAsking(true)}>
              {t('consultation.request')}
            </Button>
          )
        }
        empty={{ title: t('consultations.none'), hint: t('consultations.none_hint') }}
      />
      <Suspense>{asking && <Ask close={() => setAsking(false)} />}</Suspense>
    </>
  );
}

/** The day of return: a deadline while the file may be out, a date afterwards. */
export function DueOf({ row }: { row: Schema<'ConsultationLine'> }) {
  if (row.state === 'rejected' || row.state === 'withdrawn') {
    return <span className="muted">—</span>;
  }
  return <Deadline due={row.due_on} done={row.returned_at ?? null} />;
}
