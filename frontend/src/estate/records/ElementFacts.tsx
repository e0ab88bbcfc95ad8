import { Facts } from '@/ui/record';
import { ErrorView, Skeleton } from '@/ui/StateView';
import type { ElementKind } from '../elements';
import { useElement } from '../lookups';
import { factsOf } from './facts';

/** What the register knows of an element, where another page speaks of it. */
export function ElementFacts({ kind, id }: { kind: ElementKind; id: string }) {
  const element = useElement(kind, id);
  if (element.isPending) return <Skeleton lines={2} />;
  if (element.isError) return <ErrorView error={element.error} />;
  return <Facts facts={factsOf(kind, element.data)} />;
}
