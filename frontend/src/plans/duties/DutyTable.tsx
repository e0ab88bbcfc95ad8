import type { ReactNode } from 'react';
import { t } from '@/locales/plans';
import { Anchor } from '@/ui/Anchor';
import { Table } from '@/ui/list';
import type { Duty } from './duty';
import { Turn } from './Turn';
import { Whose } from './Whose';
import { DutyDue, evidenceText, OptionalPill, StatusPill, said } from './words';

interface DutyTableProps {
  duties: readonly Duty[];
  /** Whose they are, where they are not the reader's own. */
  whose?: boolean;
  /** What can be done with one right here. */
  actions?: (duty: Duty) => ReactNode;
}

/** A few duties that are there as a whole; each leads to its record. */
export const DutyTable = ({ duties, whose, actions }: DutyTableProps) => (
  <Table<Duty>
    items={duties}
    rowKey={(duty) => duty.id}
    columns={[
      {
        key: 'name',
        title: t('name'),
        render: (duty) => (
          <>
            <Anchor href={`/duties/${duty.id}`}>{said(duty.name)}</Anchor>{' '}
            <OptionalPill optional={duty.optional} />
          </>
        ),
        wrap: true,
        card: 'title',
      },
      ...(whose
        ? [
            {
              key: 'whose',
              title: t('whose'),
              render: (duty: Duty) => <Whose duty={duty} />,
            },
          ]
        : []),
      { key: 'turn', title: t('turn'), render: (duty) => <Turn duty={duty} /> },
      { key: 'due', title: t('due'), render: (duty) => <DutyDue duty={duty} /> },
      {
        key: 'status',
        title: t('status'),
        render: (duty) => <StatusPill status={duty.status} />,
        card: 'side',
      },
      { key: 'evidence', title: t('evidence'), render: evidenceText },
      {
        key: 'explanation',
        title: t('explanation'),
        render: (duty) => duty.explanation ?? '—',
        wrap: true,
      },
      ...(actions ? [{ key: 'actions', title: '', render: actions }] : []),
    ]}
  />
);
