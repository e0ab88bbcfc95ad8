import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t } from '@/locales/system';
import { listed } from '@/ui/format';
import { ListPage } from '@/ui/list';
import { DateText, Pill } from '@/ui/text';

export type Computer = Schema<'ComputerView'>;
export const PLACES = ['desk', 'gate_house', 'control_room', 'fee_office', 'office'] as const;
const ComputerForm = lazy(() => import('./ComputerForm'));

/** The register of computers: where each stands, who answers for it, what is installed. */
export function ComputersPage() {
  const can = useCan();
  const [form, setForm] = useState<Computer | 'new' | null>(null);
  return (
    <>
      <ListPage<Computer>
        name="system.computers"
        title={t('computers.title')}
        kinds={['computer']}
        fetch={(query, signal) => ok(api.GET('/api/v1/computers', { params: { query }, signal }))}
        rowKey={(row) => row.id}
        onOpen={can('computer.edit') ? setForm : undefined}
        exportPath="/api/v1/computers"
        columns={[
          {
            key: 'no',
            title: t('computer.no'),
            render: (row) => row.no,
            card: 'title',
            width: 140,
          },
          {
            key: 'place',
            title: t('computer.place'),
            render: (row) => t.code('place', row.place),
            width: 130,
          },
          { key: 'custodian', title: t('computer.custodian'), render: (row) => row.custodian_name },
          {
            key: 'software',
            title: t('computer.software'),
            render: (row) => listed(row.software),
            wrap: true,
          },
          { key: 'note', title: t('computer.note'), render: (row) => row.note, wrap: true },
          {
            key: 'state',
            title: t('account.state'),
            render: (row) =>
              row.retired_on ? (
                <span>
                  <Pill>{t('computer.retired')}</Pill> <DateText value={row.retired_on} />
                </span>
              ) : (
                <Pill tone="ok">{t('computer.in_use')}</Pill>
              ),
            card: 'side',
            width: 220,
          },
        ]}
        filters={[
          {
            key: 'place',
            label: t('computer.place'),
            kind: 'choice',
            options: PLACES.map((value) => ({ value, label: t.code('place', value) })),
          },
        ]}
        actions={
          can('computer.edit') && (
            <Button type="primary" onClick={() => setForm('new')}>
              {t('computer.new')}
            </Button>
          )
        }
        empty={{ title: t('computers.none'), hint: t('computers.none_hint') }}
      />
      <Suspense>
        {form && (
          <ComputerForm computer={form === 'new' ? undefined : form} close={() => setForm(null)} />
        )}
      </Suspense>
    </>
  );
}
