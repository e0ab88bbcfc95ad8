import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok, type Schema } from '@/api/client';
import { t as base } from '@/locales/base';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { formatDate, listed, today } from '@/ui/format';
import { PrintFrame, SignatureRow } from '@/ui/print/PrintFrame';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { Pill } from '@/ui/text';
import { ChartTree } from './ChartTree';
import { useEstate, usePostTitle } from './lookups';
import './org.css';

export type OrgChart = Schema<'OrgChart'>;
const CoverForm = lazy(() => import('./CoverForm'));

/** The organisation on any day: reporting tree with people, the manual's boxes, duties across. */
export function ChartPage() {
  const { estate, name, choice } = useEstate();
  const [on, setOn] = useState(today());
  const [view, setView] = useState<'tree' | 'boxes'>('tree');
  const [printing, setPrinting] = useState(false);
  const chart = useQuery({
    queryKey: ['org', 'chart', estate, on],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/org-chart', { params: { query: { estate_id: estate, on } }, signal })),
    placeholderData: (before) => before,
    enabled: estate !== '',
    meta: { kinds: ['assignment', 'reporting_edge', 'acting_period', 'post', 'employee'] },
  });
  useEffect(() => {
    if (!printing) document.title = `${t('chart.title')} · ${base('product')}`;
  }, [printing]);

  if (printing && chart.data) {
    return (
      <PrintFrame
        title={`${t('chart.title')} ${name} ${on}`}
        paper="a4-landscape"
        onBack={() => setPrinting(false)}
      >
        <h1>{t('chart.paper', { estate: name })}</h1>
        <p className="chart-paper-date">{t('chart.as_of', { date: formatDate(on) })}</p>
        {view === 'tree' ? (
          <>
            <ChartTree chart={chart.data} print />
            <Across chart={chart.data} />
          </>
        ) : (
          <Boxes chart={chart.data} />
        )}
        <SignatureRow roles={[t('chart.made_by'), t('chart.approved_by')]} />
      </PrintFrame>
    );
  }
  return (
    <section className="org-page">
      <header className="org-head">
        <h1>{t('chart.title')}</h1>
        {choice}
        <input
          type="date"
          className="org-input"
          aria-label={t('chart.on')}
          value={on}
          onChange={(event) => setOn(event.target.value || today())}
        />
        {on !== today() && <Button onClick={() => setOn(today())}>{t('chart.today')}</Button>}
        <span className="org-spring" />
        <Segmented
          value={view}
          onChange={setView}
          options={[
            { value: 'tree', label: t('chart.tree') },
            { value: 'boxes', label: t('chart.boxes') },
          ]}
        />
        <Button icon={<PrinterOutlined />} disabled={!chart.data} onClick={() => setPrinting(true)}>
          {t('chart.print')}
        </Button>
      </header>
      {estate === '' ? (
        <StateView icon="empty" title={t('chart.no_estate')} />
      ) : chart.isPending ? (
        <Skeleton lines={8} />
      ) : chart.isError ? (
        <ErrorView error={chart.error} retry={() => chart.refetch()} />
      ) : view === 'tree' ? (
        <>
          <ChartTree chart={chart.data} />
          <Across chart={chart.data} />
        </>
      ) : (
        <Boxes chart={chart.data} edit />
      )}
    </section>
  );
}

/** Duties across the line, in words. */
function Across({ chart }: { chart: OrgChart }) {
  const title = usePostTitle();
  if (chart.across.length === 0) return null;
  return (
    <section className="org-across">
      <h2>{t('chart.across')}</h2>
      <ul>
        {chart.across.map((edge) => (
          <li key={`${edge.child} ${edge.parent} ${edge.matter}`}>
            {title(edge.child)} <span aria-hidden="true">┄→</span>
            <span className="sr-only">{t('chart.to')}</span> {title(edge.parent)}
            {edge.matter && <span className="muted"> {t.code('matter', edge.matter)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Box = OrgChart['boxes'][number];

/** The boxes of the manual's printed chart and who covers each. */
function Boxes({ chart, edit }: { chart: OrgChart; edit?: boolean }) {
  const title = usePostTitle();
  const can = useCan();
  const english = lang() === 'en';
  const [changing, setChanging] = useState<Box | null>(null);
  return (
    <>
      <div className="org-table">
        <table>
          <thead>
            <tr>
              <th>{t('box.box')}</th>
              <th>{t('box.covered_by')}</th>
              <th>{t('box.people')}</th>
              <th className="num">{t('box.copy')}</th>
              {edit && can('org.edit') && <td />}
            </tr>
          </thead>
          <tbody>
            {chart.boxes.map((box) => (
              <tr key={box.clause}>
                <th scope="row">
                  {english ? box.title_en : box.title_zh}
                  <small className="muted">{box.clause}</small>
                </th>
                <td>
                  {box.covered_by.map((post) => (
                    <div key={post} className={post === box.answers ? undefined : 'muted'}>
                      {title(post)}
                    </div>
                  ))}
                </td>
                <td>
                  {box.people.length > 0 ? (
                    listed([...new Set(box.people.map((one) => one.name))])
                  ) : (
                    <Pill tone="warn">{t('chart.vacant')}</Pill>
                  )}
                </td>
                <td className="num">{box.copy_no ?? '—'}</td>
                {edit && can('org.edit') && (
                  <td>
                    <Button size="small" onClick={() => setChanging(box)}>
                      {t('box.change')}
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Suspense>
        {changing && (
          <CoverForm
            name={`org.box.${changing.clause}`}
            title={t('box.change_title', { box: english ? changing.title_en : changing.title_zh })}
            label={t('box.covered_by')}
            posts={changing.covered_by}
            send={(body, headers) =>
              api.POST('/api/v1/chart-boxes/{clause}/cover', {
                params: { path: { clause: changing.clause } },
                body,
                headers,
              })
            }
            close={() => setChanging(null)}
          />
        )}
      </Suspense>
    </>
  );
}
