import { useSearch } from '@tanstack/react-router';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import type { ListFilter, ListSearch } from '@/ui/list';
import { useBlocks, useUnits } from '../lookups';
import { houseStatuses, houseUses, Measure, options, StatusPill, sayFloor } from '../words';
import { ElementList } from './ElementList';

/** Houses, found by 3-2-501 in any way of writing it, by who lives there, by a phone's end. */
export function HousesPage() {
  return (
    <ElementList
      kind="house"
      also={['occupancy', 'party', 'house_file']}
      searchHint={t('houses.search')}
      columns={[
        {
          key: 'no',
          title: t('field.house_no'),
          render: (row) => <b className="num">{row.no}</b>,
          card: 'title',
          sort: 'no',
        },
        {
          key: 'status',
          title: t('field.status'),
          render: (row) => <StatusPill status={row.status} />,
          width: 100,
        },
        {
          key: 'area',
          title: t('field.built_area'),
          render: (row) => <Measure milli={row.area_milli} />,
          align: 'right',
          width: 120,
        },
        {
          key: 'floor',
          title: t('field.floor'),
          render: (row) => sayFloor(row.floor),
          width: 110,
        },
        { key: 'use', title: t('field.use'), render: (row) => t.code('use', row.use), width: 100 },
      ]}
      byArea
      filters={useHouseFilters()}
    />
  );
}

function useHouseFilters(): ListFilter[] {
  const { estate } = useEstate();
  const search = useSearch({ strict: false }) as ListSearch;
  const blocks = useBlocks(estate);
  const units = useUnits(estate, search.block_id);
  const flag = (key: string, label: string): ListFilter => ({ key, label, kind: 'flag' });
  return [
    {
      key: 'block_id',
      label: t('kind.block'),
      kind: 'choice',
      options: blocks.map((block) => ({ value: block.id, label: block.name })),
    },
    ...(units.length > 0
      ? [
          {
            key: 'unit_id',
            label: t('kind.unit'),
            kind: 'choice' as const,
            options: units.map((unit) => ({
              value: unit.id,
              label: t('unit.called', { no: unit.no }),
            })),
          },
        ]
      : []),
    { key: 'floor', label: t('field.floor'), kind: 'text' },
    {
      key: 'status',
      label: t('field.status'),
      kind: 'choice',
      options: options('status', houseStatuses),
    },
    { key: 'use', label: t('field.use'), kind: 'choice', options: options('use', houseUses) },
    flag('without_area', t('gap.no_area')),
    flag('without_owner', t('gap.no_owner')),
    flag('without_file', t('gap.no_file')),
    // Only where an import's page leads here: nobody would look for a run among the filters.
    ...(search.import_run_id
      ? [
          {
            key: 'import_run_id',
            label: t('houses.of_import'),
            kind: 'choice' as const,
            options: [{ value: search.import_run_id, label: t('houses.this_import') }],
          },
        ]
      : []),
  ];
}
