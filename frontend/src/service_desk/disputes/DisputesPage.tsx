import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { ListPage } from '@/ui/list';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { StatePill } from '../StatePill';
import type { StepField } from '../StepForm';
import { useStep } from '../useStep';
import { asQuery, options, useEstates } from '../words';

const kinds = ['owner_management', 'owner_owner'] as const;
const states = [
  'opened',
  'mediating',
  'escalated_to_pubsup',
  'escalated_to_asstmgr',
  'escalated_to_cscmgr',
  'settled',
  'referred',
  'closed',
] as const;

/** Disputes between owners, or with the management. */
export function DisputesPage() {
  const router = useRouter();
  const estates = useEstates();
  const [open, form] = useStep();
  const estate = estates[0]?.value ?? null;
  const side = (which: 'applicant' | 'respondent', when?: StepField['when']): StepField[] => [
    {
      name: `${which}_house`,
      label: `${t.code('side', which)} · ${t('house')}`,
      kind: 'house',
      estate,
      ...(when && { when }),
    },
    {
      name: `${which}_name`,
      label: `${t.code('side', which)} · ${t('contact')}`,
      kind: 'line',
      ...(when && { when }),
    },
    {
      name: `${which}_phone`,
      label: `${t.code('side', which)} · ${t('phone')}`,
      kind: 'line',
      ...(when && { when }),
    },
  ];
  const begin = () =>
    open({
      name: 'service_desk.dispute',
      title: t('disputes.new'),
      initial: { kind: 'owner_owner', ...(estates.length > 1 && { estate_id: estate }) },
      fields: [
        { name: 'subject', label: t('disputes.subject'), kind: 'lines', required: true },
        {
          name: 'kind',
          label: t('kind'),
          kind: 'choice',
          options: options('dispute_kind', kinds),
          required: true,
        },
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
        ...side('applicant'),
        ...side('respondent', (values) => values.kind === 'owner_owner'),
      ],
      run: async (values: Record<string, string>, headers) => {
        const withManagement = values.kind === 'owner_management';
        const party = (
          which: 'applicant' | 'respondent',
          role: Schema<'PartyRole'>,
        ): Schema<'NewParty'> => ({
          side: which,
          role,
          house_id: values[`${which}_house`] ?? null,
          name: values[`${which}_name`] ?? null,
          phone: values[`${which}_phone`] ?? null,
        });
        const made = await ok(
          api.POST('/api/v1/disputes', {
            body: {
              kind: values.kind as Schema<'DisputeKind'>,
              subject: values.subject ?? '',
              estate_id: values.estate_id ?? null,
              parties: [
                party('applicant', 'owner'),
                withManagement
                  ? { side: 'respondent', role: 'management', name: t('disputes.management') }
                  : party('respondent', 'owner'),
              ],
            },
            headers,
          }),
        );
        reloadKind('dispute');
        router.history.push(`/disputes/${made.id}`);
      },
    });
  return (
    <>
      <ListPage<Schema<'DisputeView'>>
        name="service_desk.disputes"
        title={t('nav.disputes')}
        kinds={['dispute']}
        fetch={(query, signal) =>
          ok(api.GET('/api/v1/disputes', { params: { query: asQuery(query) }, signal }))
        }
        rowKey={(row) => row.id}
        href={(row) => `/disputes/${row.id}`}
        searchHint={t('repairs.search')}
        exportPath="/api/v1/disputes"
        columns={[
          { key: 'no', title: t('no'), render: (row) => row.no, width: 150 },
          {
            key: 'kind',
            title: t('kind'),
            render: (row) => t.code('dispute_kind', row.kind),
            width: 110,
          },
          {
            key: 'subject',
            title: t('disputes.subject'),
            render: (row) => row.subject,
            wrap: true,
            card: 'title',
          },
          {
            key: 'state',
            title: t('state'),
            render: (row) => <StatePill group="dispute_state" state={row.state} />,
            card: 'side',
            width: 150,
          },
          {
            key: 'mediator',
            title: t('disputes.mediator'),
            render: (row) => row.mediator_name ?? '—',
            width: 100,
          },
          {
            key: 'due',
            title: t('disputes.next_step'),
            render: (row) => <Deadline due={row.step_due_at} />,
            width: 230,
          },
          {
            key: 'cost',
            title: t('disputes.cost'),
            render: (row) =>
              row.cost_decision === 'pending' ? (
                <Pill tone="warn">{t('orders.cost_pending')}</Pill>
              ) : (
                '—'
              ),
            hidden: true,
          },
          {
            key: 'opened',
            title: t('disputes.opened_at'),
            render: (row) => <TimeText value={row.opened_at} />,
            width: 170,
          },
        ]}
        filters={[
          {
            key: 'kind',
            label: t('kind'),
            kind: 'choice',
            options: options('dispute_kind', kinds),
          },
          {
            key: 'state',
            label: t('state'),
            kind: 'choice',
            options: options('dispute_state', states),
          },
          { key: 'open', label: t('open_only'), kind: 'flag' },
          { key: 'overdue', label: t('overdue_only'), kind: 'flag' },
          { key: 'cost_pending', label: t('orders.cost_pending'), kind: 'flag' },
        ]}
        rowTone={(row) => (row.overdue ? 'late' : undefined)}
        actions={
          can('dispute.open') && (
            <Button type="primary" onClick={begin}>
              {t('disputes.new')}
            </Button>
          )
        }
        empty={{ title: t('disputes.none') }}
      />
      {form}
    </>
  );
}
