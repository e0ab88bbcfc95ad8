import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/owners';
import { useEstate } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { HouseField } from '@/ui/form/Combo';
import { ListPage } from '@/ui/list';
import { TimeText } from '@/ui/text';
import { Homes, HouseNo } from '../names';
import { Disclosed, options, Phones, partyKinds, RolePill } from '../words';
import '../owners.css';

const PartyForm = lazy(() => import('./PartyForm'));
const LookupParty = lazy(() => import('./LookupParty'));

/** Owners, tenants and users: found by name, initials, door, number or the end of a phone. */
export function PartiesPage() {
  const can = useCan();
  const { estate, choice } = useEstate();
  const [open, setOpen] = useState<'new' | 'lookup' | null>(null);
  return (
    <>
      <ListPage<Schema<'PartyLine'>>
        name="owners.parties"
        title={t('parties.title')}
        kinds={['party', 'occupancy']}
        fetch={(query, signal) => ok(api.GET('/api/v1/parties', { params: { query }, signal }))}
        fixed={{ estate_id: estate }}
        rowKey={(row) => row.id}
        href={(row) => `/parties/${row.id}`}
        searchHint={t('parties.search')}
        exportPath="/api/v1/parties"
        above={choice}
        columns={[
          {
            key: 'name',
            title: t('party.name'),
            render: (row) => row.name,
            card: 'title',
            sort: 'name',
            width: 160,
          },
          {
            key: 'kind',
            title: t('party.kind'),
            render: (row) => <RolePill role={row.kind} />,
            card: 'side',
            width: 100,
          },
          {
            key: 'homes',
            title: t('party.homes'),
            render: (row) => <Homes of={row.homes} role={(code) => t.code('role', code)} />,
            wrap: true,
          },
          {
            key: 'phones',
            title: t('party.phones'),
            render: (row) => <Phones of={row.phones} />,
            width: 250,
          },
          {
            key: 'identity',
            title: t('party.identity'),
            render: (row) => <Disclosed of={row.identity_number} />,
            width: 190,
            // The counter's screen faces the queue: shown by whoever chooses the column.
            hidden: true,
          },
          { key: 'no', title: t('field.no'), render: (row) => row.no, width: 140 },
          {
            key: 'note',
            title: t('field.note'),
            render: (row) => row.note || '—',
            wrap: true,
            hidden: true,
          },
          {
            key: 'updated',
            title: t('field.updated'),
            render: (row) => <TimeText value={row.updated_at} />,
            sort: 'updated_at',
            hidden: true,
          },
        ]}
        filters={[
          {
            key: 'kind',
            label: t('party.kind'),
            kind: 'choice',
            options: options('role', partyKinds),
          },
          {
            key: 'house_id',
            label: t('field.house'),
            kind: 'record',
            Field: HouseField,
            Name: HouseNo,
          },
        ]}
        actions={
          <>
            {can('party.identity_read') && (
              <Button onClick={() => setOpen('lookup')}>{t('lookup.title')}</Button>
            )}
            {can('party.edit') && (
              <Button type="primary" onClick={() => setOpen('new')}>
                {t('party.new')}
              </Button>
            )}
          </>
        }
        empty={{
          title: t('parties.none'),
          hint: can('party.edit') ? t('parties.none_hint') : t('none.ask'),
          action: can('import.run') && (
            <Anchor className="btn" href="/imports/new?kind=parties">
              {t('parties.import')}
            </Anchor>
          ),
        }}
      />
      <Suspense>
        {open === 'new' && <PartyForm close={() => setOpen(null)} />}
        {open === 'lookup' && <LookupParty close={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}
