import { t } from '@/locales/estate';
import { Anchor } from '@/ui/Anchor';
import { Section } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import type { Elements } from '../elements';
import { usePlan } from './BlockPage';
import { BlockPlan } from './BlockPlan';
import { ElementPage } from './ElementRecord';

/** A unit of a block, with its houses by floors. */
export function UnitPage({ id }: { id: string }) {
  return (
    <ElementPage kind="unit" id={id}>
      {(unit) => <Houses unit={unit} />}
    </ElementPage>
  );
}

function Houses({ unit }: { unit: Elements['unit'] }) {
  const plan = usePlan(unit.block_id);
  return (
    <Section
      title={t('plan.title')}
      extra={
        <Anchor href={`/estate/houses?block_id=${unit.block_id}&unit_id=${unit.id}`}>
          {t('plan.as_list')}
        </Anchor>
      }
    >
      {plan.isPending ? (
        <Skeleton lines={4} />
      ) : plan.isError ? (
        <ErrorView error={plan.error} retry={() => plan.refetch()} />
      ) : (
        <BlockPlan plan={plan.data} unit={unit.id} />
      )}
    </Section>
  );
}
