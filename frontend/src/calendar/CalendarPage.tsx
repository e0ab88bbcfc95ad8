import { CheckOutlined, ImportOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api, withTag } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t as shell } from '@/locales/base';
import { t } from '@/locales/calendar';
import { trailWords } from '@/system/trailWords';
import { useConfirm } from '@/ui/form';
import { either, today } from '@/ui/format';
import { ExportButton } from '@/ui/list';
import { Facts, Section, Trail } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { DateText, Pill, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';
import { type Calendar, KINDS, type OwnDay } from './data';
import { Month } from './Month';
import './calendar.css';

const EnterDays = lazy(() => import('./EnterDays'));
const ImportDays = lazy(() => import('./ImportDays'));

const MONTHS = Array.from({ length: 12 }, (_, place) => place + 1);

/** The calendar by which every deadline in working days is counted, a year at a time. */
export function CalendarPage() {
  const me = useMe();
  const companyWide = me.is_administrator || me.posts.some((held) => !held.estate_id);
  const [estate, setEstate] = useState(companyWide ? '' : (me.estates[0]?.id ?? ''));
  const [year, setYear] = useState(Number(today().slice(0, 4)));
  const calendar = useQuery({
    queryKey: ['calendar', estate, year],
    queryFn: ({ signal }) =>
      withTag(
        api.GET('/api/v1/calendar', {
          params: { query: { year, ...(estate && { estate_id: estate }) } },
          signal,
        }),
      ),
    placeholderData: (before) => before,
    meta: { kinds: ['calendar_year'] },
  });
  useEffect(() => {
    document.title = `${t('title')} · ${shell('product')}`;
  }, []);
  const places = [
    ...(companyWide ? [{ value: '', label: t('company') }] : []),
    ...me.estates.map((one) => ({ value: one.id, label: one.name })),
  ];
  return (
    <section className="cal">
      <header className="cal-head">
        <div>
          <h1>{t('title')}</h1>
          <p className="muted">{t('lead')}</p>
        </div>
        {places.length > 1 && (
          <Select
            aria-label={t('for')}
            value={estate}
            onChange={setEstate}
            options={places}
            popupMatchSelectWidth={false}
          />
        )}
        <div className="cal-year">
          <Button
            icon={<LeftOutlined />}
            aria-label={t('year.before')}
            onClick={() => setYear(year - 1)}
          />
          <b className="num">{t('year', { n: year })}</b>
          <Button
            icon={<RightOutlined />}
            aria-label={t('year.after')}
            onClick={() => setYear(year + 1)}
          />
        </div>
      </header>
      {calendar.isPending ? (
        <Skeleton lines={12} />
      ) : calendar.isError ? (
        <ErrorView error={calendar.error} retry={() => calendar.refetch()} />
      ) : (
        <Year calendar={calendar.data.data} etag={calendar.data.etag} />
      )}
    </section>
  );
}

function Year({ calendar, etag }: { calendar: Calendar; etag: string }) {
  const can = useCan();
  const [entering, setEntering] = useState<string | null>(null);
  const [importing, setImporting] = useState(false);
  const [ask, window] = useConfirm();
  const edit = can('calendar.edit');
  const { year, entry } = calendar;
  const waits = entry && !entry.confirmed_at;
  const confirm = () =>
    ask({
      title: t('confirm_ask', { year }),
      text: t('confirm_text'),
      confirm: t('confirm'),
      reason: 'none',
      run: async (_, headers) => {
        await api.POST('/api/v1/calendar/{year}/confirm', {
          params: { path: { year } },
          body: { estate_id: calendar.estate_id },
          headers,
        });
        toast(t('confirmed'));
        reloadKind('calendar_year');
      },
    });
  return (
    <>
      <div className="cal-bar">
        <Pill tone={calendar.known ? 'ok' : 'warn'}>{t(calendar.known ? 'known' : 'unknown')}</Pill>
        <ul className="cal-legend" aria-label={t('legend')}>
          {KINDS.map((kind) => (
            <li key={kind} className={`cal-day is-${kind}`}>
              {t.code('kind', kind)}
            </li>
          ))}
        </ul>
        <ExportButton
          path="/api/v1/calendar"
          name={`${t('title')} ${year}`}
          query={{ year: String(year), estate_id: calendar.estate_id ?? undefined }}
        />
        {edit && (
          <>
            <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>
              {t('import')}
            </Button>
            <Button type="primary" onClick={() => setEntering(calendar.days[0]?.date ?? '')}>
              {t('edit')}
            </Button>
          </>
        )}
        {waits && can('calendar.confirm') && (
          <Button type="primary" icon={<CheckOutlined />} onClick={confirm}>
            {t('confirm')}
          </Button>
        )}
      </div>
      {calendar.warnings.map((warning) => (
        <p key={warning.code} className="cal-warning" role="status">
          {either(warning.text_zh, warning.text_en)}
        </p>
      ))}
      <div className="cal-months">
        {MONTHS.map((month) => (
          <Month
            key={month}
            month={month}
            days={calendar.days}
            choose={edit ? (day) => setEntering(day.date) : undefined}
          />
        ))}
      </div>
      <Entry calendar={calendar} />
      {window}
      <Suspense>
        {entering && (
          <EnterDays
            calendar={calendar}
            etag={etag}
            date={entering}
            close={() => setEntering(null)}
          />
        )}
        {importing && <ImportDays calendar={calendar} close={() => setImporting(false)} />}
      </Suspense>
    </>
  );
}

/** What was entered here for the year: days, reason, confirmation, history. */
function Entry({ calendar }: { calendar: Calendar }) {
  const can = useCan();
  const { entry, own } = calendar;
  return (
    <>
      <Section title={t('own')}>
        {own.length === 0 && <p className="muted">{t('own.none')}</p>}
        <ul className="cal-own">
          {own.map((day) => (
            <Own key={day.date} day={day} />
          ))}
        </ul>
        {entry && (
          <Facts
            facts={[
              { label: t('entry.reason'), value: entry.reason },
              { label: t('entry.at'), value: <TimeText value={entry.entered_at} /> },
              {
                label: t('entry.confirmed'),
                value: entry.confirmed_at ? (
                  <TimeText value={entry.confirmed_at} />
                ) : (
                  <Pill tone="warn">{t('entry.waiting')}</Pill>
                ),
              },
            ]}
          />
        )}
      </Section>
      {entry && can('trail.read') && (
        <Section title={t('history')}>
          <Trail kind="calendar_year" id={entry.id} words={trailWords} />
        </Section>
      )}
    </>
  );
}

const Own = ({ day }: { day: OwnDay }) => (
  <li>
    <DateText value={day.date} /> {t.code('kind', day.kind)}{' '}
    {day.name && <span className="muted">{day.name}</span>}
  </li>
);
