import type { ReactNode } from 'react';
import { t } from '@/locales/estate';
import { metres, squareMetres } from '@/ui/format';
import type { ElementKind } from '../elements';
import { AreaName, HouseName } from '../lookups';
import { sayFloor } from '../words';

/** The group of words for `kind`, which says something else of each element. */
const KIND_WORDS: Partial<Record<string, string>> = {
  block: 'block_kind',
  parking_space: 'parking_kind',
  place: 'place_kind',
};

/** A value of an element as people read it, for its history and for what was asked for. */
export function sayValue(subject: ElementKind | string, field: string, value: unknown): ReactNode {
  if (value === null || value === undefined || value === '') return t('value.none');
  switch (field) {
    case 'area_milli':
      return squareMetres(Number(value));
    case 'length_milli':
      return metres(Number(value));
    case 'floor':
      return sayFloor(Number(value));
    case 'area_id':
      return <AreaName id={String(value)} />;
    case 'house_id':
      return <HouseName id={String(value)} />;
    case 'kind':
      return t.code(KIND_WORDS[subject] ?? 'kind', String(value));
    case 'use':
    case 'status':
    case 'state':
    case 'fixture_kind':
      return t.code(field, String(value));
    default:
      return String(value);
  }
}

/** The word for a field; empty for what people need not see. */
export const sayField = (field: string) => (t.has(`field.${field}`) ? t.code('field', field) : '');
