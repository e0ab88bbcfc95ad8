import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useCan } from '@/access/can';
import { api, ok } from '@/api/client';
import { t } from '@/locales/estate';
import { Anchor } from '@/ui/Anchor';
import { formatCount, formatDate, squareMetres } from '@/ui/format';
import { PrintFrame } from '@/ui/print/PrintFrame';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { recordHref } from '../elements';
import { ElementForm } from '../forms';
import { StatePill } from '../words';
import { BlockPlan, type Plan } from './BlockPlan';
import { ElementRecord } from './ElementRecord';

/** A block by floors, asked for once by its own page and by those of its units. */
export const usePlan = (block: string | undefined) =>
  useQuery({
    queryKey: ['estate', 'plan', block],
    queryFn: async ({ signal }) => {
      const params = { path: { id: block ?? '' } };
      const plan: unknown = await ok(api.GET('/api/v1/blocks/{id}/plan', { params, signal }));
      return plan as Plan;
    },
    enabled: block !== undefined,
    meta: { kinds: ['block', 'unit', 'house'] },
  });

/** A block: what is known, its plan by floors and units, its units. */
export function BlockPage({ id }: { id: string }) {
  const plan = usePlan(id);
  const [printing, setPrinting] = useState(false);
  if (plan.isPending) return <Skeleton lines={10} />;
  if (plan.isError) return <ErrorView error={plan.error} retry={() => plan.refetch()} />;
  if (printing) return <PlanPaper plan={plan.data} back={() => setPrinting(false)} />;
  return <Loaded plan={plan.data} print={() => setPrinting(true)} />;
}

function Loaded({ plan, print }: { plan: Plan; print: () => void }) {
  const can = useCan();
  const [making, setMaking] = useState<'house' | 'unit' | null>(null);
  const { block, units } = plan;
  const houses = plan.floors.flatMap((floor) => floor.houses);
  const living = block.state !== 'retired';
  const defaults = { estate_id: block.estate_id, block_id: block.id };
  return (
    <>
      <ElementRecord kind="block" element={block}>
        <Section
          title={t('plan.title')}
          extra={
            <span className="es-extra">
              {houses.length > 0 && (
                <Button size="small" icon={<PrinterOutlined />} onClick={print}>
                  {t('plan.print')}
                </Button>
              )}
              {can('estate.edit') && living && (
                <Button size="small" onClick={() => setMaking('house')}>
                  {t('house.new')}
                </Button>
              )}
            </span>
          }
        >
          <p className="muted">
            {t('plan.sum', {
              n: formatCount(houses.length),
              area: squareMetres(houses.reduce((sum, house) => sum + (house.area_milli ?? 0), 0)),
            })}{' '}
            <Anchor href={`/estate/houses?block_id=${block.id}`}>{t('plan.as_list')}</Anchor>
          </p>
          <BlockPlan plan={plan} />
        </Section>
        <Section
          title={t('units.title')}
          extra={
            can('estate.edit') &&
            living && (
              <Button size="small" onClick={() => setMaking('unit')}>
                {t('unit.new')}
              </Button>
            )
          }
        >
          {units.length === 0 ? (
            <p className="muted">{t('units.none_here')}</p>
          ) : (
            <ul className="es-rows">
              {units.map((unit) => (
                <li key={unit.id}>
                  <Anchor href={recordHref('unit', unit.id)}>
                    {t('unit.called', { no: unit.no })}
                  </Anchor>
                  <span className="muted">
                    {t('unit.has', {
                      n: houses.filter((house) => house.unit_id === unit.id).length,
                      lifts: unit.lifts ?? '—',
                    })}
                  </span>
                  <StatePill state={unit.state} />
                </li>
              ))}
            </ul>
          )}
        </Section>
      </ElementRecord>
      {making && <ElementForm kind={making} defaults={defaults} close={() => setMaking(null)} />}
    </>
  );
}

/** The plan for the wall of the desk. */
function PlanPaper({ plan, back }: { plan: Plan; back: () => void }) {
  const title = t('plan.paper', { block: plan.block.name });
  return (
    <PrintFrame title={title} onBack={back}>
      <h1>{title}</h1>
      <p className="es-paper-date">{t('sheet.as_of', { date: formatDate(Date.now()) })}</p>
      <BlockPlan plan={plan} paper />
    </PrintFrame>
  );
}
