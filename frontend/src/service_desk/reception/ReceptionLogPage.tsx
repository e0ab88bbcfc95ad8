import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { api, ok, type Schema } from '@/api/client';
import { t as base } from '@/locales/base';
import { t } from '@/locales/service_desk';
import { t as nav } from '@/locales/shell';
import { Anchor } from '@/ui/Anchor';
import { dateOf, formatDate, timeOfDay } from '@/ui/format';
import { PrintFrame, SignatureRow } from '@/ui/print/PrintFrame';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { StatePill } from '../StatePill';
import { Native, useEstates } from '../words';

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
const today = () => dateOf(Date.now());

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
        <Table lines={log.data} />
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
        <input
          type="date"
          className="sd-native"
          aria-label={t('reception.date')}
          value={date}
          max={today()}
          onChange={(event) => setDate(event.target.value || today())}
        />
        <span className="sd-spring" />
        <Button
          icon={<PrinterOutlined />}
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
        <div className="sd-panel sd-scroll">
          <Table lines={log.data} linked />
        </div>
      )}
    </section>
  );
}

function Table({ lines, linked }: { lines: readonly Line[]; linked?: boolean }) {
  return (
    <table className="sd-table">
      <thead>
        <tr>
          <th>{t('reception.time')}</th>
          <th>{t('no')}</th>
          <th>{t('kind')}</th>
          <th>{t('house')}</th>
          <th>{t('text')}</th>
          <th>{t('recorded_by')}</th>
          <th>{t('state')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td className="num">{timeOfDay(line.received_at)}</td>
            <td className="num">
              {linked ? (
                <Anchor href={`${PLACE[line.subject] ?? ''}/${line.id}`}>{line.no}</Anchor>
              ) : (
                line.no
              )}
            </td>
            <td>{kindOf(line)}</td>
            <td>{line.house_no ?? '—'}</td>
            <td>{line.text}</td>
            <td>{line.received_by_name ?? t('channel.public_page')}</td>
            <td>
              <StatePill group={STATES[line.subject] ?? ''} state={line.state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function kindOf({ subject, kind }: Line): string {
  if (subject === 'case') return t.code('case_kind', kind);
  const word = subject === 'dispute' ? t('chain.dispute') : nav('nav.repairs');
  const detail = t.code(subject === 'dispute' ? 'dispute_kind' : 'category', kind);
  return `${word} · ${detail}`;
}
