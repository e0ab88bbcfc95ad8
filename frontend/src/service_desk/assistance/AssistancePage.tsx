import { Button } from 'antd';
import { can } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { ListPage } from '@/ui/list';
import { Pill, TimeText } from '@/ui/text';
import type { StepField } from '../StepForm';
import { useStep } from '../useStep';
import { asQuery, options, useEstates } from '../words';
import { AssistanceFigures } from './AssistanceFigures';

type Help = Schema<'AssistanceView'>;
const kinds = [
  'carrying',
  'escort',
  'errand',
  'access',
  'small_repair',
  'emergency',
  'search',
  'other',
] as const satisfies readonly Schema<'AssistanceKind'>[];

/** Help given to residents beyond the contract; a wrong line is corrected, never changed. */
export function AssistancePage() {
  const estates = useEstates();
  const [open, form] = useStep();
  /** The parts of a line; a correction has them one level deeper. */
  const fields = (estate: string | null, within: string[], known?: string | null): StepField[] => {
    const at = (name: string) => [...within, name];
    return [
      { name: at('note'), label: t('text'), kind: 'lines', required: true },
      {
        name: at('kind'),
        label: t('kind'),
        kind: 'choice',
        options: options('assistance_kind', kinds),
        required: true,
      },
      { name: at('minutes'), label: t('field.minutes'), kind: 'minutes', required: true },
      { name: at('house_id'), label: t('house'), kind: 'house', estate, known: known ?? null },
      { name: at('occurred_at'), label: t('happened_at'), kind: 'time', hint: t('time_hint') },
    ];
  };
  const log = () =>
    open({
      name: 'service_desk.assistance',
      title: t('assistance.new'),
      initial: { kind: 'other', minutes: 15 },
      fields: [
        ...fields(estates[0]?.value ?? null, []),
        ...(estates.length > 1
          ? [
              {
                name: 'estate_id',
                label: t('estate'),
                kind: 'choice' as const,
                options: estates,
                blank: true,
                required: true,
              },
            ]
          : []),
      ],
      run: async (body, headers) => {
        await api.POST('/api/v1/assistances', { body, headers });
        reloadKind('assistance');
      },
    });
  const correct = (row: Help) =>
    open({
      name: `service_desk.assistance.${row.id}`,
      title: t('assistance.correct'),
      initial: {
        line: {
          note: row.note,
          kind: row.kind,
          minutes: row.minutes,
          house_id: row.house_id,
          occurred_at: row.helped_at,
        },
      },
      fields: [
        ...fields(row.estate_id, ['line'], row.house_no),
        { name: 'reason', label: t('reason'), kind: 'line', required: true },
      ],
      run: async ({ reason, line }, headers) => {
        await api.POST('/api/v1/assistances/{id}/correct', {
          params: { path: { id: row.id } },
          body: { reason, line: { ...line, estate_id: row.estate_id, party_id: row.party_id } },
          headers,
        });
        reloadKind('assistance');
      },
    });
  const mayLog = can('assistance.log');
  return (
    <>
      <ListPage<Help>
        name="service_desk.assistance"
        title={nav('nav.assistance')}
        kinds={['assistance']}
        fetch={(query, signal) =>
          ok(api.GET('/api/v1/assistances', { params: { query: asQuery(query) }, signal }))
        }
        rowKey={(row) => row.id}
        {...(mayLog && {
          onOpen: (row: Help) => {
            if (!row.corrected_by_id) correct(row);
          },
        })}
        searchHint={t('repairs.search')}
        exportPath="/api/v1/assistances"
        above={<AssistanceFigures />}
        columns={[
          { key: 'no', title: t('no'), render: (row) => row.no, width: 150 },
          {
            key: 'kind',
            title: t('kind'),
            render: (row) => t.code('assistance_kind', row.kind),
            width: 120,
          },
          { key: 'note', title: t('text'), render: (row) => row.note, wrap: true, card: 'title' },
          {
            key: 'who',
            title: t('house'),
            render: (row) => [row.house_no, row.party_name].filter(Boolean).join(' ') || '—',
            width: 150,
          },
          {
            key: 'employee',
            title: t('assistance.by'),
            render: (row) => row.employee_name ?? '—',
            width: 100,
          },
          {
            key: 'minutes',
            title: t('order.minutes'),
            render: (row) => t('order.minutes_n', { n: row.minutes }),
            align: 'right',
            width: 90,
          },
          {
            key: 'at',
            title: t('happened_at'),
            render: (row) => <TimeText value={row.helped_at} />,
            width: 170,
          },
          {
            key: 'corrected',
            title: t('state'),
            render: (row) =>
              row.corrected_by_id ? (
                <Pill>{t('assistance.corrected')}</Pill>
              ) : row.corrects_id ? (
                <Pill tone="accent">{t('assistance.correction')}</Pill>
              ) : null,
            card: 'side',
            width: 90,
          },
        ]}
        filters={[
          {
            key: 'kind',
            label: t('kind'),
            kind: 'choice',
            options: options('assistance_kind', kinds),
          },
          { key: 'corrected', label: t('assistance.corrected'), kind: 'flag' },
        ]}
        actions={
          mayLog && (
            <Button type="primary" onClick={log}>
              {t('assistance.new')}
            </Button>
          )
        }
        empty={{ title: t('assistance.none'), hint: t('assistance.none_hint') }}
      />
      {form}
    </>
  );
}
