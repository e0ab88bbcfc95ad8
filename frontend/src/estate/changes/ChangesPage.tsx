import { useCan } from '@/access/can';
import { api, ok } from '@/api/client';
import { sayError } from '@/api/problem';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { type ListFilter, ListPage } from '@/ui/list';
import { Tabs } from '@/ui/list/Tabs';
import { PersonName } from '@/ui/PersonName';
import { TimeText } from '@/ui/text';
import { toast, toastError } from '@/ui/toast';
import { uuidv7 } from '@/ui/uuid';
import { elementKinds, type StructureChange } from '../elements';
import { useElement } from '../lookups';
import { ChangePill, changeKinds, changeStates, options } from '../words';
import { Difference } from './Difference';
import { reloadAfter } from './useDecisions';
import '../estate.css';

const PATH = '/estate/changes';

/** A unit is called by its number alone: which block it is of must be said. */
function BlockOfUnit({ id }: { id: string }) {
  const unit = useElement('unit', id);
  const block = useElement('block', unit.data?.block_id);
  return <>{block.data?.name}</>;
}

/** Changes of the structure: those that wait for the supervisor, or the register of all. */
export function ChangesPage({ all = false }: { all?: boolean }) {
  const can = useCan();
  const { estate, choice } = useEstate();

  /** One after the other: each is a decision of its own, and one refusal does not hold up the rest. */
  async function confirmAll(ids: string[]): Promise<string[]> {
    const left: string[] = [];
    let refused = '';
    for (const id of ids) {
      try {
        const params = { path: { id }, header: { 'Idempotency-Key': uuidv7() } };
        const call = api.POST('/api/v1/structure-changes/{id}/confirm', { params, body: {} });
        reloadAfter(await ok(call));
      } catch (error) {
        left.push(id);
        refused ||= sayError(error);
      }
    }
    reloadKind('structure_change');
    const done = ids.length - left.length;
    if (done > 0) toast(t('changes.confirmed_n', { n: done }));
    if (refused) toastError(t('changes.refused_n', { n: left.length, why: refused }));
    return left;
  }

  const filters: ListFilter[] = [
    {
      key: 'subject_kind',
      label: t('change.subject'),
      kind: 'choice',
      options: options('kind', [...elementKinds, 'import_run']),
    },
    {
      key: 'kind',
      label: t('change.kind'),
      kind: 'choice',
      options: options('change_kind', changeKinds),
    },
  ];
  return (
    <ListPage<StructureChange>
      key={all ? 'all' : 'waiting'}
      name={all ? 'estate.changes' : 'estate.changes_waiting'}
      title={all ? t('changes.all') : t('changes.waiting')}
      kinds={['structure_change']}
      fetch={(query, signal) =>
        ok(api.GET('/api/v1/structure-changes', { params: { query: query as object }, signal }))
      }
      fixed={{ estate_id: estate, ...(!all && { state: 'proposed' }) }}
      rowKey={(row) => row.id}
      href={(row) => `${PATH}/${row.id}`}
      exportPath="/api/v1/structure-changes"
      tabs={
        <Tabs
          label={t('changes.views')}
          tabs={[
            { href: PATH, label: t('changes.tab_waiting') },
            { href: `${PATH}/register`, label: t('changes.tab_all') },
          ]}
        >
          {choice}
        </Tabs>
      }
      columns={[
        {
          key: 'title',
          title: t('change.subject'),
          render: (row) => (
            <>
              <span className="muted">{t.code('kind', row.subject_kind)}</span>{' '}
              {row.subject_kind === 'unit' && <BlockOfUnit id={row.subject_id} />}
              {row.title}
            </>
          ),
          card: 'title',
        },
        {
          key: 'kind',
          title: t('change.kind'),
          render: (row) => t.code('change_kind', row.kind),
          width: 90,
        },
        {
          key: 'what',
          title: t('change.what'),
          render: (row) => <Difference change={row} />,
          wrap: true,
        },
        { key: 'reason', title: t('field.reason'), render: (row) => row.reason || '—', wrap: true },
        {
          key: 'by',
          title: t('change.proposed_by'),
          render: (row) => <PersonName id={row.proposed_by} none={t('change.by_service')} />,
          width: 100,
        },
        {
          key: 'at',
          title: t('change.proposed_at'),
          render: (row) => <TimeText value={row.proposed_at} />,
          sort: 'at',
          width: 180,
        },
        {
          key: 'state',
          title: t('field.state'),
          render: (row) => <ChangePill state={row.state} />,
          card: 'side',
          width: 100,
        },
        {
          key: 'decided',
          title: t('change.decided_at'),
          render: (row) => <TimeText value={row.decided_at} />,
          hidden: true,
          width: 180,
        },
      ]}
      filters={
        all
          ? [
              {
                key: 'state',
                label: t('field.state'),
                kind: 'choice',
                options: options('change_state', changeStates),
              },
              ...filters,
            ]
          : filters
      }
      bulk={
        !all && can('estate.confirm')
          ? [{ key: 'confirm', label: t('changes.confirm_chosen'), run: confirmAll }]
          : []
      }
      empty={{ title: t('changes.none'), hint: t('changes.none_hint') }}
    />
  );
}
