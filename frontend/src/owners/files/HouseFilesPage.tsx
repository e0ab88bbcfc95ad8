import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/owners';
import { useEstate } from '@/org/lookups';
import { HouseField } from '@/ui/form/Combo';
import { ListPage, type ListSearch } from '@/ui/list';
import { DateText, TimeText } from '@/ui/text';
import { HouseNo, useHouse } from '../names';
import { FilePill, fileStates, itemKinds, options, requiredKinds, sayMissing } from '../words';
import { FileRate } from './FileRate';
import '../owners.css';

const OpenFile = lazy(() => import('./OpenFile'));

/** The archive index: every file with what it lacks; `state=incomplete` is the list of gaps. */
export function HouseFilesPage() {
  const can = useCan();
  const { estate, choice } = useEstate();
  const search = useSearch({ strict: false }) as ListSearch;
  const house = useHouse(search.house_id).data;
  const [opening, setOpening] = useState(false);
  return (
    <>
      <ListPage<Schema<'HouseFileLine'>>
        name="owners.house_files"
        title={t('files.title')}
        kinds={['house_file', 'house']}
        fetch={(query, signal) => ok(api.GET('/api/v1/house-files', { params: { query }, signal }))}
        fixed={{ estate_id: estate }}
        rowKey={(row) => row.id}
        href={(row) => `/house-files/${row.id}`}
        searchHint={t('files.search')}
        exportPath="/api/v1/house-files"
        above={
          <>
            {choice}
            {can('estate.read') && <FileRate estate={estate} />}
          </>
        }
        columns={[
          {
            key: 'house',
            title: t('field.house'),
            render: (row) => <b className="num">{row.house_no}</b>,
            card: 'title',
            width: 130,
          },
          { key: 'no', title: t('file.no'), render: (row) => row.no, width: 150 },
          {
            key: 'state',
            title: t('field.state'),
            render: (row) => <FilePill state={row.state} />,
            card: 'side',
            width: 110,
          },
          {
            key: 'missing',
            title: t('file.missing'),
            render: (row) =>
              row.state === 'archived' || row.missing.length === 0 ? '—' : sayMissing(row.missing),
            wrap: true,
          },
          {
            key: 'location',
            title: t('file.location'),
            render: (row) => row.location || <span className="muted">—</span>,
            width: 150,
          },
          {
            key: 'opened',
            title: t('file.opened_on'),
            render: (row) => <DateText value={row.opened_on} />,
            width: 150,
          },
          {
            key: 'checked',
            title: t('file.checked_at'),
            render: (row) => <TimeText value={row.checked_at} />,
            width: 190,
          },
          {
            key: 'archived',
            title: t('file.archived_on'),
            render: (row) => <DateText value={row.archived_on} />,
            hidden: true,
          },
          {
            key: 'archive_reason',
            title: t('file.archive_reason'),
            render: (row) => row.archive_reason ?? '—',
            wrap: true,
            hidden: true,
          },
        ]}
        filters={[
          {
            key: 'state',
            label: t('field.state'),
            kind: 'choice',
            options: options('file_state', fileStates),
          },
          {
            key: 'missing',
            label: t('file.missing'),
            kind: 'choice',
            options: options(
              'item',
              itemKinds.filter((kind) => requiredKinds.includes(kind)),
            ),
          },
          {
            key: 'house_id',
            label: t('field.house'),
            kind: 'record',
            Field: HouseField,
            Name: HouseNo,
          },
        ]}
        rowTone={(row) => (row.state === 'incomplete' ? 'warn' : undefined)}
        actions={
          can('party.edit') && (
            <Button type="primary" onClick={() => setOpening(true)}>
              {t('file.open')}
            </Button>
          )
        }
        empty={{
          title: t('files.none'),
          hint: can('party.edit') ? t('files.none_hint') : t('none.ask'),
        }}
      />
      <Suspense>
        {opening && <OpenFile house={house ?? null} close={() => setOpening(false)} />}
      </Suspense>
    </>
  );
}
