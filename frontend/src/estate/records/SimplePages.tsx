import type { ReactNode } from 'react';
import { ElementPage } from './ElementRecord';

interface Props {
  id: string;
  /** What other contexts have about it. */
  children?: ReactNode;
}

export const ParkingSpacePage = ({ id, children }: Props) => (
  <ElementPage kind="parking_space" id={id}>
    {() => children}
  </ElementPage>
);

/** A road, green area, shared place or fixture. */
export const PlacePage = ({ id, children }: Props) => (
  <ElementPage kind="place" id={id}>
    {() => children}
  </ElementPage>
);
