import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/owners';
import { useEstate } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { HouseField, PartyField } from '@/ui/form/Combo';
import { ListPage, type ListSearch } from '@/ui/list';
import { Days, Pill } from '@/ui/text';
import { HouseLink, HouseNo, PartyName, useHouse } from '../names';
import { options, RolePill, roles } from '../words';
import { OccupancyDrawer } from './OccupancyDrawer';
import { whenOf } from './when';
import '../owners.css';

export type OccupancyLine = Schema<'OccupancyLine'>;
const NewOccupancy = lazy(() => import('./NewOccupancy'));
const TransferHouse = lazy(() => import('./TransferHouse'));

/** Who owned and used which house from when until when. */
export function OccupanciesPage() {
  const can = useCan();
  const { estate, choice } = useEstate();
  const search = useSearch({ strict: false }) as ListSearch;
  const house = useHouse(search.house_id).data;
  const [open, setOpen] = useState<'new' | 'transfer' | null>(null);
  const [shown, setShown] = useState<OccupancyLine | null>(null);
  return (
    <>
      <ListPage<OccupancyLine>
        name="owners.occupancies"
        title={t('occupancies.title')}
        kinds={['occupancy', 'party', 'house']}
        fetch={(query, signal) => ok(api.GET('/api/v1/occupancies', { params: { query }, signal }))}
        fixed={{ estate_id: estate }}
        rowKey={(row) => row.id}
        onOpen={setShown}
        searchHint={t('occupancies.search')}
        exportPath="/api/v1/occupancies"
        above={choice}
        columns={[
          {
            key: 'house',
            title: t('field.house'),
            render: (row) => <HouseLink id={row.house_id} no={row.house_no} />,
            width: 130,
          },
          {
            key: 'party',
            title: t('field.party'),
            render: (row) => row.party_name,
            card: 'title',
          },
          {
            key: 'role',
            title: t('field.role'),
            render: (row) => <RolePill role={row.role} />,
            width: 100,
          },
          {
            key: 'days',
            title: t('occupancy.days'),
            render: (row) => <Days from={row.valid_from} until={row.valid_until} />,
            width: 300,
          },
          {
            key: 'when',
            title: t('field.state'),
            render: (row) => <WhenPill row={row} />,
            card: 'side',
            width: 100,
          },
          {
            key: 'reason',
            title: t('occupancy.end_reason'),
            render: (row) => row.end_reason ?? '—',
            wrap: true,
          },
          {
            key: 'party_no',
            title: t('field.no'),
            render: (row) => row.party_no,
            hidden: true,
          },
        ]}
        filters={[
          { key: 'role', label: t('field.role'), kind: 'choice', options: options('role', roles) },
          { key: 'on', label: t('occupancies.on'), kind: 'date' },
          {
            key: 'house_id',
            label: t('field.house'),
            kind: 'record',
            Field: HouseField,
            Name: HouseNo,
          },
          {
            key: 'party_id',
            label: t('field.party'),
            kind: 'record',
            Field: PartyField,
            Name: PartyName,
          },
        ]}
        actions={
          can('party.edit') && (
            <>
              <Button onClick={() => setOpen('transfer')}>{t('transfer.title')}</Button>
              <Button type="primary" onClick={() => setOpen('new')}>
                {t('occupancy.new')}
              </Button>
            </>
          )
        }
        empty={{
          title: t('occupancies.none'),
          hint: can('party.edit') ? t('occupancies.none_hint') : t('none.ask'),
          action: can('import.run') && (
            <Anchor className="btn" href="/imports/new?kind=occupancies">
              {t('occupancies.import')}
            </Anchor>
          ),
        }}
      />
      {shown && <OccupancyDrawer row={shown} close={() => setShown(null)} />}
      <Suspense>
        {open === 'new' && <NewOccupancy house={house ?? null} close={() => setOpen(null)} />}
        {open === 'transfer' && <TransferHouse house={house ?? null} close={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}

/** Whether it holds today. */
export function WhenPill({ row }: { row: OccupancyLine }) {
  const when = whenOf(row);
  return <Pill tone={when === 'now' ? 'ok' : 'plain'}>{t(`when.${when}`)}</Pill>;
}
