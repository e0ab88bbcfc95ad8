import { type ComponentType, lazy, useState } from 'react';

/** A component in a file of its own, which may be fetched ahead of its first rendering. */
export interface Piece {
  Later: ComponentType;
  /** The component, once it was fetched ahead. */
  come?: ComponentType;
  ahead: () => Promise<void>;
}

export function piece(load: () => Promise<{ default: ComponentType }>): Piece {
  const one: Piece = {
    Later: lazy(load),
    ahead: async () => {
      one.come = (await load()).default;
    },
  };
  return one;
}

/**
 * Shows a piece. What is fetched while its place is in sight React shows only 300 ms after that place; what came ahead is there at
 * once.
 */
export function Apart({ of }: { of: Piece }) {
  // Not another one in its place when it comes ahead for the next page: that would lose its state.
  const [Come] = useState(() => of.come);
  return Come ? <Come /> : <of.Later />;
}
