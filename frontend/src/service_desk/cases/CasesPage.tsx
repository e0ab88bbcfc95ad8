import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { ListPage } from '@/ui/list';
import { useShortcut } from '@/ui/shortcuts';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { Climbed } from '../Climbed';
import { StatePill } from '../StatePill';
import { useStep } from '../useStep';
import { asQuery, options, useEstates } from '../words';
import { caseFields, caseKinds, caseStates, channels, validities } from './codes';

/** Complaints, suggestions, praise and enquiries. */
export function CasesPage() {
  const router = useRouter();
  const estates = useEstates();
  const [open, form] = useStep();
  const take = () =>
    open({
      name: 'service_desk.case',
      title: t('cases.new'),
      initial: {
        kind: 'complaint',
        channel: 'phone',
        field: 'other',
        ...(estates.length > 1 && { estate_id: estates[0]?.value }),
      },
      fields: [
        { name: 'text', label: t('text'), kind: 'lines', required: true },
        ...(estates.length > 1
          ? [
              {
                name: 'estate_id',
                label: t('estate'),
                kind: 'choice' as const,
                options: estates,
                required: true,
              },
            ]
          : []),
        { name: 'house_id', label: t('house'), kind: 'house', estate: estates[0]?.value ?? null },
        {
          name: 'kind',
          label: t('kind'),
          kind: 'choice',
          options: options('case_kind', caseKinds),
          required: true,
        },
        {
          name: 'field',
          label: t('cases.field'),
          kind: 'choice',
          options: options('case_field', caseFields),
          required: true,
        },
        {
          name: 'channel',
          label: t('cases.channel'),
          kind: 'choice',
          options: options('channel', channels),
          required: true,
        },
        { name: 'reporter_name', label: t('contact'), kind: 'line' },
        { name: 'reporter_phone', label: t('phone'), kind: 'line' },
        { name: 'about_employee', label: t('cases.about_employee'), kind: 'person' },
        { name: 'occurred_at', label: t('received_at'), kind: 'time', hint: t('time_hint') },
        { name: 'file_ids', label: t('files'), kind: 'files' },
      ],
      run: async (body, headers) => {
        const made = await ok(api.POST('/api/v1/cases', { body, headers }));
        reloadKind('case');
        router.history.push(`/cases/${made.id}`);
      },
    });
  useShortcut({ keys: 'n', label: t('cases.new'), run: () => can('case.create') && take() });

  return (
    <>
      <ListPage<Schema<'CaseView'>>
        name="service_desk.cases"
        title={t('cases.title')}
        kinds={['case']}
        fetch={(query, signal) =>
          ok(api.GET('/api/v1/cases', { params: { query: asQuery(query) }, signal }))
        }
        rowKey={(row) => row.id}
        href={(row) => `/cases/${row.id}`}
        searchHint={t('repairs.search')}
        exportPath="/api/v1/cases"
        columns={[
          { key: 'no', title: t('no'), render: (row) => row.no, sort: 'no', width: 150 },
          {
            key: 'kind',
            title: t('kind'),
            render: (row) => t.code('case_kind', row.kind),
            width: 80,
          },
          {
            key: 'who',
            title: t('house'),
            render: (row) => [row.house_no, row.party_name].filter(Boolean).join(' ') || '—',
            width: 150,
          },
          {
            key: 'text',
            title: t('text'),
            render: (row) => (
              <>
                {row.text} <Climbed told={row.escalated_to} />
              </>
            ),
            wrap: true,
            card: 'title',
          },
          {
            key: 'state',
            title: t('state'),
            render: (row) => <StatePill group="case_state" state={row.state} />,
            card: 'side',
            width: 110,
          },
          {
            key: 'validity',
            title: t('cases.validity'),
            render: (row) => <Validity of={row.validity} />,
            width: 100,
          },
          {
            key: 'field',
            title: t('cases.field'),
            render: (row) => t.code('case_field', row.field),
            width: 90,
          },
          {
            key: 'owner',
            title: t('cases.owner'),
            render: (row) => row.owner_name ?? '—',
            width: 100,
          },
          {
            key: 'due',
            title: t('due'),
            render: (row) => <Deadline due={row.due_at} done={row.replied_at ?? row.closed_at} />,
            sort: 'due_at',
            width: 230,
          },
          {
            key: 'received',
            title: t('received_at'),
            render: (row) => <TimeText value={row.received_at} />,
            sort: 'received_at',
            hidden: true,
            width: 170,
          },
        ]}
        filters={[
          {
            key: 'kind',
            label: t('kind'),
            kind: 'choice',
            options: options('case_kind', caseKinds),
          },
          {
            key: 'state',
            label: t('state'),
            kind: 'choice',
            options: options('case_state', caseStates),
          },
          {
            key: 'field',
            label: t('cases.field'),
            kind: 'choice',
            options: options('case_field', caseFields),
          },
          {
            key: 'validity',
            label: t('cases.validity'),
            kind: 'choice',
            options: options('validity', ['pending', ...validities]),
          },
          { key: 'open', label: t('open_only'), kind: 'flag' },
          { key: 'overdue', label: t('overdue_only'), kind: 'flag' },
        ]}
        rowTone={(row) => (row.overdue ? 'late' : undefined)}
        actions={
          <>
            <Anchor className="btn" href="/case-statistics">
              {nav('nav.case_statistics')}
            </Anchor>
            {can('case.create') && (
              <Button type="primary" onClick={take}>
                {t('cases.new')}
              </Button>
            )}
          </>
        }
        empty={{ title: t('cases.none'), hint: t('cases.none_hint') }}
      />
      {form}
    </>
  );
}

export function Validity({ of }: { of: Schema<'Validity'> | null | undefined }) {
  if (!of) return <>—</>;
  return (
    <Pill tone={of === 'valid' ? 'late' : of === 'invalid' ? 'plain' : 'warn'}>
      {t.code('validity', of)}
    </Pill>
  );
}
