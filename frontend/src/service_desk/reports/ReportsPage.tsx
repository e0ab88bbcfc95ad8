import { QrcodeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { ListPage, useShown } from '@/ui/list';
import { Facts, Files } from '@/ui/record';
import { TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';
import { Private } from '../pills';
import { guessCategory } from '../repairs/guess';
import { StatePill } from '../StatePill';
import { useStep } from '../useStep';
import { asQuery, categories, options, urgencies } from '../words';

type Report = Schema<'ResidentReport'>;
const kinds = ['repair', 'complaint', 'suggestion', 'praise', 'enquiry'] as const;

/** What residents sent in by the QR code: taken in as a repair or a case, or not, with an answer. */
export function ReportsPage() {
  const router = useRouter();
  const [listed, setShown] = useShown<Report>((id) =>
    ok(api.GET('/api/v1/resident-reports/{id}', { params: { path: { id } } })),
  );
  const shown = useReport(listed);
  const [ask, window] = useConfirm();
  const [open, form] = useStep();

  const takeIn = (report: Report) =>
    open({
      name: `service_desk.report.${report.id}`,
      title: t('reports.take_in'),
      initial: {
        as: report.kind === 'repair' ? 'repair' : 'case',
        category: guessCategory(report.text),
        urgency: 'normal',
      },
      lead: <p className="sd-text sd-said">{report.text}</p>,
      fields: [
        {
          name: 'as',
          label: t('reports.as'),
          kind: 'choice',
          options: options('take_in_as', ['repair', 'case']),
          required: true,
        },
        {
          name: 'house_id',
          label: t('house'),
          kind: 'house',
          estate: report.estate_id,
          ...(report.location && {
            hint: t('reports.said_place', { place: report.location }),
            guess: report.location,
          }),
        },
        {
          name: 'category',
          label: t('category'),
          kind: 'choice',
          blank: true,
          options: options('category', categories),
          when: asRepair,
        },
        {
          name: 'urgency',
          label: t('urgency'),
          kind: 'choice',
          options: options('urgency', urgencies),
          when: asRepair,
        },
        { name: 'from', label: t('appointment.from'), kind: 'time', when: asRepair },
        { name: 'until', label: t('appointment.until'), kind: 'time', when: asRepair },
        { name: 'paid', label: t('paid'), kind: 'flag', when: asRepair },
        { name: 'warranty', label: t('warranty'), kind: 'flag', when: asRepair },
      ],
      said: t('reports.taken_in'),
      run: async ({ from, until, ...body }, headers) => {
        const taken = await ok(
          api.POST('/api/v1/resident-reports/{id}/take-in', {
            params: { path: { id: report.id } },
            body:
              body.as === 'repair' && from && until
                ? { ...body, appointment: { from, until } }
                : body,
            headers,
          }),
        );
        reloadKind('resident_report');
        // On to the record: dispatching or answering comes next.
        if (taken.became) router.history.push(recordOf(taken.became));
        else setShown(taken);
      },
    });
  const dismiss = (report: Report) =>
    ask({
      title: t('reports.dismiss'),
      text: t('reports.dismiss_text'),
      confirm: t('reports.dismiss'),
      danger: true,
      reasonLabel: t('reports.reply'),
      run: async (said, headers) => {
        await api.POST('/api/v1/resident-reports/{id}/dismiss', {
          params: { path: { id: report.id } },
          body: { reason: said },
          headers,
        });
        toast(t('order.done'));
        setShown(null);
        reloadKind('resident_report');
      },
    });

  return (
    <>
      <ListPage<Report>
        name="service_desk.reports"
        title={nav('nav.reports')}
        kinds={['resident_report']}
        fetch={(query, signal) =>
          ok(api.GET('/api/v1/resident-reports', { params: { query: asQuery(query) }, signal }))
        }
        rowKey={(row) => row.id}
        start={{ state: 'received' }}
        onOpen={setShown}
        exportPath="/api/v1/resident-reports"
        columns={[
          { key: 'no', title: t('no'), render: (row) => row.no, width: 150 },
          {
            key: 'kind',
            title: t('kind'),
            render: (row) => t.code('report_kind', row.kind),
            width: 80,
          },
          { key: 'text', title: t('text'), render: (row) => row.text, wrap: true, card: 'title' },
          { key: 'place', title: t('place'), render: (row) => row.location ?? '—', width: 150 },
          {
            key: 'state',
            title: t('state'),
            render: (row) => <StatePill group="report_state" state={row.state} />,
            card: 'side',
            width: 110,
          },
          {
            key: 'received',
            title: t('reports.received_at'),
            render: (row) => <TimeText value={row.received_at} relative />,
            width: 230,
          },
        ]}
        filters={[
          {
            key: 'state',
            label: t('state'),
            kind: 'choice',
            options: options('report_state', ['received', 'taken_in', 'dismissed']),
          },
          { key: 'kind', label: t('kind'), kind: 'choice', options: options('report_kind', kinds) },
        ]}
        actions={
          <Anchor className="btn" href="/poster">
            <QrcodeOutlined /> {t('poster.print')}
          </Anchor>
        }
        empty={{ title: t('reports.none'), hint: t('reports.none_hint') }}
      />
      <DetailDrawer
        open={shown !== null}
        title={shown?.no}
        onClose={() => setShown(null)}
        extra={
          shown?.state === 'received' && (
            <>
              <Button danger onClick={() => dismiss(shown)}>
                {t('reports.dismiss')}
              </Button>{' '}
              <Button type="primary" onClick={() => takeIn(shown)}>
                {t('reports.take_in')}
              </Button>
            </>
          )
        }
      >
        {shown && (
          <>
            <p className="sd-text sd-said">{shown.text}</p>
            <Facts
              facts={[
                {
                  label: t('state'),
                  value: <StatePill group="report_state" state={shown.state} />,
                },
                { label: t('kind'), value: t.code('report_kind', shown.kind) },
                { label: t('place'), value: shown.location ?? '—' },
                { label: t('contact'), value: shown.contact_name ?? '—' },
                { label: t('phone'), value: <Private of={shown.contact_phone} /> },
                {
                  label: t('reports.received_at'),
                  value: <TimeText value={shown.received_at} relative />,
                },
                { label: t('reports.reply'), value: shown.reply ?? '—' },
              ]}
            />
            {shown.became && <Became of={shown.became} />}
            <Files files={shown.files} />
          </>
        )}
      </DetailDrawer>
      {window}
      {form}
    </>
  );
}

/** The report with its photos, which the list leaves out. */
function useReport(listed: Report | null): Report | null {
  const found = useQuery({
    queryKey: ['service_desk', 'report', listed?.id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/resident-reports/{id}', {
          params: { path: { id: listed?.id ?? '' } },
          signal,
        }),
      ),
    enabled: listed !== null,
    meta: { kinds: ['resident_report', 'file'] },
  });
  return listed && (found.data ?? listed);
}

const asRepair = (values: Record<string, unknown>) => values.as === 'repair';

const recordOf = (of: Schema<'Subject'>) =>
  `${of.kind === 'repair_request' ? '/repairs' : '/cases'}/${of.id}`;

function Became({ of }: { of: Schema<'Subject'> }) {
  return (
    <p>
      <Anchor href={recordOf(of)}>
        {t(of.kind === 'repair_request' ? 'chain.request' : 'chain.case')}
      </Anchor>
    </p>
  );
}
