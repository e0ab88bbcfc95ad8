import { type ComponentType, lazy, Suspense } from 'react';
import type { ElementKind } from '../elements';
import type { FormProps } from './ElementDrawer';

// Each in a chunk of its own: selects and number fields are heavy, and most people only look.
const forms: { [K in ElementKind]: ComponentType<FormProps<K>> } = {
  area: lazy(() => import('./AreaForm')),
  block: lazy(() => import('./BlockForm')),
  unit: lazy(() => import('./UnitForm')),
  house: lazy(() => import('./HouseForm')),
  parking_space: lazy(() => import('./ParkingSpaceForm')),
  place: lazy(() => import('./PlaceForm')),
};

/** Keys in a new element, or changes one. */
export function ElementForm<K extends ElementKind>({ kind, ...rest }: FormProps<K> & { kind: K }) {
  const Form = forms[kind] as ComponentType<FormProps<K>>;
  return (
    <Suspense>
      <Form {...(rest as FormProps<K>)} />
    </Suspense>
  );
}
