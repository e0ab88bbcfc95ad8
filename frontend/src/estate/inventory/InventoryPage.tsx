import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useCan } from '@/access/can';
import { api, ok } from '@/api/client';
import { t as base } from '@/locales/base';
import { t } from '@/locales/estate';
import { useEstate } from '@/org/lookups';
import { Anchor } from '@/ui/Anchor';
import { formatCount } from '@/ui/format';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton, StateView } from '@/ui/StateView';
import { useAreas } from '../lookups';
import { RegisterTabs } from '../RegisterTabs';
import { Checks } from './Checks';
import { Completeness } from './Completeness';
import { TotalsTable } from './TotalsTable';
import { tableOf } from './totals';
import '../estate.css';

const KINDS = ['area', 'block', 'unit', 'house', 'parking_space', 'place'] as const;

/** The register in figures: what there is, what is missing, what waits, and the yearly check. */
export function InventoryPage() {
  const can = useCan();
  const { estate, choice } = useEstate();
  const inventory = useQuery({
    queryKey: ['estate', 'inventory', estate],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/v1/inventory', { params: { query: { estate_id: estate } }, signal })),
    enabled: estate !== '',
    meta: { kinds: [...KINDS, 'occupancy', 'house_file'] },
  });
  useEffect(() => {
    document.title = `${t('inventory.title')} · ${base('product')}`;
  }, []);
  return (
    <section className="es-page">
      <header className="es-head">
        <h1>{t('inventory.title')}</h1>
        {choice}
        <span className="es-spring" />
        <Waiting estate={estate} />
        <Anchor className="btn" href="/estate/sheet">
          <PrinterOutlined /> {t('sheet.open')}
        </Anchor>
      </header>
      <RegisterTabs />
      {estate === '' ? (
        <StateView icon="empty" title={t('inventory.no_estate')} />
      ) : inventory.isPending ? (
        <Skeleton lines={10} />
      ) : inventory.isError ? (
        <ErrorView error={inventory.error} retry={() => inventory.refetch()} />
      ) : inventory.data.totals.length === 0 ? (
        <StateView
          icon="empty"
          title={t('inventory.empty')}
          hint={t('inventory.empty_hint')}
          actions={
            can('import.run') && (
              <Anchor className="btn btn-primary" href="/imports">
                {t('inventory.import')}
              </Anchor>
            )
          }
        />
      ) : (
        <>
          <Section title={t('inventory.gaps')}>
            <Completeness of={inventory.data.completeness} />
          </Section>
          <Section title={t('inventory.totals')}>
            <TotalsTable table={tableOf(inventory.data.totals)} />
          </Section>
          <Sheets estate={estate} />
        </>
      )}
      {estate !== '' && <Checks estate={estate} now={inventory.data} />}
    </section>
  );
}

/** How many changes wait for the supervisor. */
function Waiting({ estate }: { estate: string }) {
  const waiting = useQuery({
    queryKey: ['estate', 'changes', 'waiting', estate],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/structure-changes', {
          params: { query: { estate_id: estate, state: 'proposed', limit: 1, count: true } },
          signal,
        }),
      ),
    enabled: estate !== '',
    meta: { kinds: ['structure_change'] },
  });
  const n = waiting.data?.total ?? 0;
  return (
    <Anchor className={n > 0 ? 'btn es-waits' : 'btn'} href="/estate/changes">
      {n > 0 ? t('inventory.waiting', { n: formatCount(n) }) : t('inventory.none_waiting')}
    </Anchor>
  );
}

/** The papers that squad leaders carry: one for each area, one for the whole estate. */
function Sheets({ estate }: { estate: string }) {
  const areas = useAreas(estate);
  return (
    <Section title={t('sheet.title')}>
      <p className="muted">{t('sheet.lead')}</p>
      <div className="tabs">
        <Anchor className="tab" href="/estate/sheet">
          {t('sheet.whole')}
        </Anchor>
        {areas.map((area) => (
          <Anchor key={area.id} className="tab" href={`/estate/sheet?area_id=${area.id}`}>
            {area.name}
          </Anchor>
        ))}
      </div>
    </Section>
  );
}
