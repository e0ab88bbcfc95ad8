import { api, ok } from '@/api/client';
import { t } from '@/locales/imports';
import { useEstate } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { formatCount } from '@/ui/format';
import { ListPage } from '@/ui/list';
import { TimeText } from '@/ui/text';
import { importKinds, importStates, options, type Run, RunPill } from './words';

/** Every table that was brought in, with what became of its rows. */
export function ImportsPage() {
  const { estate, choice } = useEstate();
  const count = (key: 'added' | 'changed' | 'unchanged' | 'rejected') => ({
    key,
    title: t.code('count', key),
    render: (row: Run) => formatCount(row[key]),
    align: 'right' as const,
    width: 90,
  });
  const newOne = (
    <Anchor className="btn btn-primary" href="/imports/new">
      {t('new.title')}
    </Anchor>
  );
  return (
    <ListPage<Run>
      name="imports.runs"
      title={t('title')}
      kinds={['import_run']}
      fetch={(query, signal) => ok(api.GET('/api/v1/imports', { params: { query }, signal }))}
      fixed={{ estate_id: estate }}
      rowKey={(row) => row.id}
      href={(row) => `/imports/${row.id}`}
      above={choice}
      exportPath="/api/v1/imports"
      columns={[
        { key: 'file', title: t('file'), render: (row) => row.file_name, card: 'title' },
        { key: 'kind', title: t('kind'), render: (row) => t.code('kind', row.kind), width: 130 },
        {
          key: 'state',
          title: t('state'),
          render: (row) => <RunPill state={row.state} />,
          card: 'side',
          width: 100,
        },
        {
          key: 'rows',
          title: t('rows'),
          render: (row) => formatCount(row.total_rows),
          align: 'right',
          width: 90,
        },
        count('added'),
        count('changed'),
        count('unchanged'),
        count('rejected'),
        {
          key: 'who',
          title: t('uploaded_by'),
          render: (row) => row.created_by_name ?? '—',
          width: 110,
        },
        {
          key: 'at',
          title: t('uploaded_at'),
          render: (row) => <TimeText value={row.created_at} />,
          width: 190,
        },
        {
          key: 'finished',
          title: t('finished_at'),
          render: (row) => <TimeText value={row.finished_at} />,
          width: 190,
          hidden: true,
        },
      ]}
      filters={[
        { key: 'kind', label: t('kind'), kind: 'choice', options: options('kind', importKinds) },
        {
          key: 'state',
          label: t('state'),
          kind: 'choice',
          options: options('state', importStates),
        },
      ]}
      rowTone={(row) =>
        row.state === 'failed' ? 'late' : row.state === 'ready' ? 'warn' : undefined
      }
      actions={newOne}
      empty={{ title: t('none'), hint: t('none_hint'), action: newOne }}
    />
  );
}
