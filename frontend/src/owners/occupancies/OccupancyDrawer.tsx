import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { t } from '@/locales/owners';
import { t as ui } from '@/locales/ui';
import { Anchor } from '@/ui/Anchor';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { Facts, Trail } from '@/ui/record';
import { Days, TimeText } from '@/ui/text';
import { HouseLink } from '../names';
import { wordsOf } from '../trail';
import { RolePill } from '../words';
import { type OccupancyLine, WhenPill } from './OccupanciesPage';
import { whenOf } from './when';

const EndOccupancy = lazy(() => import('./EndOccupancy'));
const TransferHouse = lazy(() => import('./TransferHouse'));

/** One entry of the register: who, where, when, and how it ends. */
export function OccupancyDrawer({ row, close }: { row: OccupancyLine; close: () => void }) {
  const can = useCan();
  const [open, setOpen] = useState<'end' | 'transfer' | null>(null);
  const editable = can('party.edit') && whenOf(row) !== 'past';
  return (
    <DetailDrawer
      open
      title={`${row.house_no} · ${row.party_name}`}
      onClose={close}
      footer={
        editable && (
          <div className="form-foot detail-foot">
            {row.role === 'owner' && (
              <Button onClick={() => setOpen('transfer')}>{t('transfer.title')}</Button>
            )}
            <Button type="primary" onClick={() => setOpen('end')}>
              {t('occupancy.end')}
            </Button>
          </div>
        )
      }
    >
      <Facts
        facts={[
          { label: t('field.house'), value: <HouseLink id={row.house_id} no={row.house_no} /> },
          {
            label: t('field.party'),
            value: (
              <>
                <Anchor href={`/parties/${row.party_id}`}>{row.party_name}</Anchor>{' '}
                <span className="muted">{row.party_no}</span>
              </>
            ),
          },
          { label: t('field.role'), value: <RolePill role={row.role} /> },
          {
            label: t('occupancy.days'),
            value: <Days from={row.valid_from} until={row.valid_until} />,
          },
          { label: t('field.state'), value: <WhenPill row={row} /> },
          { label: t('occupancy.end_reason'), value: row.end_reason ?? '—' },
          { label: t('field.keyed'), value: <TimeText value={row.created_at} /> },
        ]}
      />
      {can('trail.read') && (
        <section className="ow-drawer-part">
          <h3>{ui('record.history')}</h3>
          <Trail kind="occupancy" id={row.id} words={wordsOf()} />
        </section>
      )}
      <Suspense>
        {open === 'end' && (
          <EndOccupancy
            id={row.id}
            role={row.role}
            who={row.party_name}
            house={row.house_no}
            close={close}
          />
        )}
        {open === 'transfer' && (
          <TransferHouse
            house={{ id: row.house_id, no: row.house_no }}
            close={() => setOpen(null)}
          />
        )}
      </Suspense>
    </DetailDrawer>
  );
}
