import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useCan } from '@/access/can';
import type { Kind } from '@/api/client';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { type ListColumn, type ListFilter, ListPage } from '@/ui/list';
import { TimeText } from '@/ui/text';
import { apiPath, type ElementKind, type Elements, listElements, recordHref } from '../elements';
import { ElementForm } from '../forms';
import { useAreas } from '../lookups';
import { RegisterTabs } from '../RegisterTabs';
import { options, StatePill, states } from '../words';

interface Props<K extends ElementKind> {
  kind: K;
  columns: readonly ListColumn<Elements[K]>[];
  filters?: readonly ListFilter[];
  /** Offers the areas as a filter. */
  byArea?: boolean;
  searchHint?: string;
  searchKey?: string;
  /** Kinds whose changes show in this list too. */
  also?: readonly Kind[];
}

/** The list of one kind of element: tabs to the others, its state, the desk's button for a new one. */
export function ElementList<K extends ElementKind>(props: Props<K>) {
  const { kind, byArea, also = [] } = props;
  const can = useCan();
  const { estate, choice } = useEstate();
  const areaFilter = useAreaFilter(estate);
  const [making, setMaking] = useState(false);
  const newOne = can('estate.edit') && (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t('form.new', { kind: t.code('kind', kind) })}
    </Button>
  );
  return (
    <>
      <ListPage<Elements[K]>
        name={`estate.${kind}`}
        title={t.code('list', kind)}
        kinds={[kind, ...also]}
        fetch={(query, signal) => listElements(kind, query, signal)}
        fixed={{ estate_id: estate }}
        rowKey={(row) => row.id}
        href={(row) => recordHref(kind, row.id)}
        {...(props.searchHint && { searchHint: props.searchHint })}
        {...(props.searchKey && { searchKey: props.searchKey })}
        exportPath={apiPath(kind)}
        tabs={<RegisterTabs>{choice}</RegisterTabs>}
        columns={[
          ...props.columns,
          {
            key: 'state',
            title: t('field.state'),
            render: (row) => <StatePill state={row.state} />,
            card: 'side',
            width: 90,
          },
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
            hidden: true,
            ...(kind === 'house' && { sort: 'updated_at' }),
          },
        ]}
        filters={[
          ...(props.filters ?? []),
          ...(byArea ? [areaFilter] : []),
          {
            key: 'state',
            label: t('field.state'),
            kind: 'choice',
            options: options('state', states),
          },
        ]}
        actions={newOne}
        empty={{ title: t.code('none', kind), hint: emptyHint(can('estate.edit')) }}
      />
      {making && <ElementForm kind={kind} close={() => setMaking(false)} />}
    </>
  );
}

const emptyHint = (mine: boolean): string => (mine ? t('none.hint') : t('none.ask'));

/** The areas of the estate as a filter. */
function useAreaFilter(estate: string): ListFilter {
  const areas = useAreas(estate);
  return {
    key: 'area_id',
    label: t('kind.area'),
    kind: 'choice',
    options: areas.map((area) => ({ value: area.id, label: area.name })),
  };
}

/** `ListColumn` of a text that is often empty. */
export const orDash = (text: ReactNode) => text || <span className="muted">—</span>;
