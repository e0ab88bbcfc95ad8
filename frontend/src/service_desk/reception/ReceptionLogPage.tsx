import { LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { t as base } from '@/locales/base';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { Native } from '@/ui/form/Native';
import { addDays, formatDate, timeOfDay, today } from '@/ui/format';
import { ExportButton, type ListColumn, Table } from '@/ui/list';
import { PrintFrame, SignatureRow } from '@/ui/print/PrintFrame';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { silent } from '@/ui/silent';
import { StatePill } from '../StatePill';
import { useEstates } from '../words';

type Line = Schema<'Reception'>;

const PLACE: Record<string, string> = {
  case: '/cases',
  dispute: '/disputes',
  repair_request: '/repairs',
};
const STATES: Record<string, string> = {
  case: 'case_state',
  dispute: 'dispute_state',
  repair_request: 'request_state',
};

/** The desk's day book: everything that came in, in order, to read or to sign. */
export function ReceptionLogPage() {
  const estates = useEstates();
  const [estate, setEstate] = useState(estates[0]?.value ?? '');
  const [date, setDate] = useState(today());
  const [printing, setPrinting] = useState(false);
  const log = useQuery({
    queryKey: ['service_desk', 'reception-log', estate, date],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/reception-log', {
          params: { query: { date, ...(estate && { estate_id: estate }) } },
          signal,
        }),
      ),
    placeholderData: (before) => before,
    meta: { kinds: ['case', 'dispute', 'repair_request'] },
  });
  useEffect(() => {
    if (!printing) document.title = `${nav('nav.reception_log')} · ${base('product')}`;
  }, [printing]);
  const name = estates.find((one) => one.value === estate)?.label ?? '';
  if (printing && log.data) {
    return (
      <PrintFrame
        title={`${nav('nav.reception_log')} ${name} ${date}`}
        onBack={() => setPrinting(false)}
      >
        <h1>{t('reception.paper', { estate: name })}</h1>
        <p>{formatDate(date)}</p>
        <Table items={log.data} columns={columns(false)} rowKey={(line) => line.id} paper />
        <SignatureRow roles={[t('reception.signed_by')]} />
      </PrintFrame>
    );
  }
  return (
    <section>
      <header className="sd-head">
        <h1>{nav('nav.reception_log')}</h1>
        {estates.length > 1 && (
          <Native label={t('estate')} options={estates} value={estate} onChange={setEstate} />
        )}
        <Button
          icon={<LeftOutlined />}
          aria-label={t('reception.previous')}
          onClick={() => setDate(addDays(date, -1))}
        />
        <b className="num">{formatDate(date)}</b>
        <Button
          icon={<RightOutlined />}
          aria-label={t('reception.next')}
          disabled={date >= today()}
          onClick={() => setDate(addDays(date, 1))}
        />
        <input
          type="date"
          className="native"
          aria-label={t('reception.date')}
          value={date}
          max={today()}
          onChange={(event) => setDate(event.target.value || today())}
        />
        <span className="sd-spring" />
        <ExportButton
          path="/api/v1/reception-log"
          name={`${nav('nav.reception_log')} ${date}`}
          query={{ date, estate_id: estate }}
        />
        <Button
          icon={silent(<PrinterOutlined />)}
          disabled={!log.data?.length}
          onClick={() => setPrinting(true)}
        >
          {t('reception.print')}
        </Button>
      </header>
      {log.isPending && <Skeleton />}
      {log.isError && <ErrorView error={log.error} retry={() => log.refetch()} />}
      {log.data?.length === 0 && (
        <StateView icon="empty" title={t('reception.none')} hint={t('reception.none_hint')} />
      )}
      {log.data && log.data.length > 0 && (
        <div className="sd-panel">
          <Table items={log.data} columns={columns(true)} rowKey={(line) => line.id} />
        </div>
      )}
    </section>
  );
}

const columns = (linked: boolean): ListColumn<Line>[] => [
  {
    key: 'time',
    title: t('reception.time'),
    render: (line) => <span className="num">{timeOfDay(line.received_at)}</span>,
  },
  {
    key: 'no',
    title: t('no'),
    render: (line) =>
      linked ? (
        <Anchor href={`${PLACE[line.subject] ?? ''}/${line.id}`}>{line.no}</Anchor>
      ) : (
        line.no
      ),
  },
  { key: 'kind', title: t('kind'), render: kindOf },
  { key: 'house', title: t('house'), render: (line) => line.house_no ?? '—' },
  { key: 'text', title: t('text'), render: (line) => line.text, wrap: true, card: 'title' },
  {
    key: 'by',
    title: t('recorded_by'),
    render: (line) => line.received_by_name ?? t('channel.public_page'),
  },
  {
    key: 'state',
    title: t('state'),
    render: (line) => <StatePill group={STATES[line.subject] ?? ''} state={line.state} />,
    card: 'side',
  },
];

function kindOf({ subject, kind }: Line): string {
  if (subject === 'case') return t.code('case_kind', kind);
  const word = subject === 'dispute' ? t('chain.dispute') : nav('nav.repairs');
  const detail = t.code(subject === 'dispute' ? 'dispute_kind' : 'category', kind);
  return `${word} · ${detail}`;
}
