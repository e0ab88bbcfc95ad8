import { pageOf } from '@/shell/places';
import { Anchor } from '@/ui/Anchor';
import { type Duty, turnText } from './duty';

/** The turn of a duty; of one that a record has started, that record by its number, leading to it. */
export function Turn({ duty }: { duty: Pick<Duty, 'turn' | 'record'> }) {
  const { record } = duty;
  if (!record) return turnText(duty.turn);
  const page = pageOf(record.subject.kind, record.subject.id);
  return page ? <Anchor href={page}>{record.no}</Anchor> : record.no;
}
