import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useCan } from '@/access/can';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { reloadKind } from '@/api/query';
import { t } from '@/locales/estate';
import { DetailDrawer } from '@/ui/DetailDrawer';
import { useConfirm } from '@/ui/form';
import { formatCount, squareMetres, today } from '@/ui/format';
import { ExportButton } from '@/ui/list';
import { PersonName } from '@/ui/PersonName';
import { Facts, Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { Deadline, Pill, TimeText } from '@/ui/text';
import { toast } from '@/ui/toast';
import { tableOf } from './totals';

type Check = Schema<'EstateCheck'>;
type Inventory = Schema<'Inventory'>;

/** The yearly check of the register against what stands there: this year's, and those before. */
export function Checks({ estate, now }: { estate: string; now: Inventory | undefined }) {
  const can = useCan();
  const me = useMe();
  const [ask, window] = useConfirm();
  const [shown, setShown] = useState<Check | null>(null);
  const checks = useQuery({
    queryKey: ['estate', 'checks', estate],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/estate-checks', {
          params: { query: { estate_id: estate, limit: 50 } },
          signal,
        }),
      ),
    meta: { kinds: ['estate'] },
  });
  const year = Number(today().slice(0, 4));
  const rows = checks.data?.items ?? [];
  const current = rows.find((check) => check.year === year);

  const open = () =>
    ask({
      title: t('check.open_ask', { year }),
      text: t('check.open_text'),
      confirm: t('check.open'),
      reason: 'none',
      run: async (_, headers) => {
        await api.POST('/api/v1/estate-checks', { body: { estate_id: estate, year }, headers });
        toast(t('done.opened'));
        reloadKind('estate');
      },
    });
  const close = (check: Check) =>
    ask({
      title: t('check.close_ask', { year: check.year }),
      text: t('check.close_text'),
      confirm: t('check.close'),
      reason: 'optional',
      reasonLabel: t('check.findings'),
      run: async (findings, headers) => {
        await api.POST('/api/v1/estate-checks/{id}/close', {
          params: { path: { id: check.id } },
          body: { findings },
          headers,
        });
        toast(t('done.closed'));
        reloadKind('estate');
      },
    });
  const closing = (check: Check) => {
    const own = check.opened_by !== null && check.opened_by === me.employee?.id;
    return (
      check.state === 'open' &&
      can('estate.confirm') && (
        <Button
          type="primary"
          disabled={own}
          title={own ? t('check.own') : undefined}
          onClick={() => close(check)}
        >
          {t('check.close')}
        </Button>
      )
    );
  };

  return (
    <Section
      title={t('check.title')}
      extra={
        <>
          {checks.isSuccess && (
            <ExportButton
              path="/api/v1/estate-checks"
              name={t('check.title')}
              query={{ estate_id: estate }}
              size="small"
            />
          )}{' '}
          {!current && checks.isSuccess && can('estate.edit') && (
            <Button size="small" onClick={open}>
              {t('check.open_year', { year })}
            </Button>
          )}
        </>
      }
    >
      {checks.isPending ? (
        <Skeleton lines={2} />
      ) : checks.isError ? (
        <ErrorView error={checks.error} retry={() => checks.refetch()} />
      ) : (
        <ul className="es-rows">
          {!current && (
            <li>
              <b className="num">{year}</b>
              <Pill tone="warn">{t('check_state.none')}</Pill>
              <Due year={year} />
              {!can('estate.edit') && <span className="muted">{t('check.by_recept')}</span>}
            </li>
          )}
          {rows.map((check) => (
            <li key={check.id}>
              <b className="num">{check.year}</b>
              <Pill tone={check.state === 'done' ? 'ok' : 'accent'}>
                {t.code('check_state', check.state)}
              </Pill>
              {check.state === 'open' ? (
                <>
                  <Due year={check.year} />
                  <span className="muted">
                    <PersonName id={check.opened_by} /> · <TimeText value={check.opened_at} />
                  </span>
                  {closing(check)}
                </>
              ) : (
                <>
                  <span className="muted">
                    <PersonName id={check.closed_by} /> · <TimeText value={check.closed_at} />
                  </span>
                  <span className="es-grow">{check.findings}</span>
                  <Button size="small" onClick={() => setShown(check)}>
                    {t('check.show')}
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {window}
      {shown && <Closed check={shown} now={now} close={() => setShown(null)} />}
    </Section>
  );
}

/** The check of a year is due with the year. */
const Due = ({ year }: { year: number }) => (
  <span className="muted">
    {t('check.due')} <Deadline due={`${year}-12-31`} />
  </span>
);

/** What a closed check kept: the figures of its day beside those of today. */
function Closed(props: { check: Check; now: Inventory | undefined; close: () => void }) {
  const { check, now, close } = props;
  const then = check.totals as unknown as Partial<Inventory>;
  const before = tableOf(then.totals ?? []).rows;
  const present = tableOf(now?.totals ?? []).rows;
  const kinds = [...new Set([...before, ...present].map((row) => row.kind))];
  return (
    <DetailDrawer open title={t('check.of', { year: check.year })} onClose={close}>
      <Facts
        facts={[
          { label: t('check.opened_by'), value: <PersonName id={check.opened_by} /> },
          { label: t('check.opened_at'), value: <TimeText value={check.opened_at} /> },
          { label: t('check.closed_by'), value: <PersonName id={check.closed_by} /> },
          { label: t('check.closed_at'), value: <TimeText value={check.closed_at} /> },
          { label: t('check.findings'), value: check.findings || '—' },
        ]}
      />
      <div className="es-table">
        <table>
          <thead>
            <tr>
              <th>{t('total.kind')}</th>
              <th className="num">{t('check.then')}</th>
              <th className="num">{t('check.now')}</th>
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => {
              const of = (rows: typeof before) => rows.find((row) => row.kind === kind)?.all;
              return (
                <tr key={kind}>
                  <th scope="row">{t.code('counted', kind)}</th>
                  {[of(before), of(present)].map((sum, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: then and now
                    <td key={i} className="num">
                      <b>{formatCount(sum?.count ?? 0)}</b>
                      {sum && sum.area_milli > 0 && (
                        <small className="muted">{squareMetres(sum.area_milli)}</small>
                      )}
                    </td>
                  ))}
                </tr>
              );
            })}
            {(['houses_without_area', 'fixtures_without_location'] as const).map((gap) => (
              <tr key={gap}>
                <th scope="row">{t(`gap.${gap}`)}</th>
                <td className="num">{formatCount(then.completeness?.[gap] ?? 0)}</td>
                <td className="num">{formatCount(now?.completeness[gap] ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </DetailDrawer>
  );
}
