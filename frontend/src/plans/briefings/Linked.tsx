import { t as trail } from '@/locales/trail';
import { pageOf } from '@/shell/places';
import { Anchor } from '@/ui/Anchor';
import type { Point } from './data';

/** The record that a point is about. */
export default function Linked({ kind, id }: Point['linked'] & object) {
  const word = trail.code('kind', kind);
  const page = pageOf(kind, id);
  return page ? <Anchor href={page}>{word}</Anchor> : word;
}
