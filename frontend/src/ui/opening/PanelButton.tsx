import { lazy, type ReactNode } from 'react';
import { type Opener, Opening } from './Opening';
import type { PanelOf } from './Panel';

const load = () => import('./Panel');
const Panel = lazy(load);

interface PanelButtonProps {
  /** The edge of the button at which the panel begins. */
  side: PanelOf['side'];
  button: (opener: Opener) => ReactNode;
  /** What is in the panel. */
  children: (close: () => void) => ReactNode;
}

/** A button that opens a panel with conditions or choices. */
export function PanelButton({ side, button, children }: PanelButtonProps) {
  return (
    <Opening
      kind="dialog"
      reach={load}
      button={button}
      panel={(opened) => (
        <Panel {...opened} side={side}>
          {children(() => opened.change(false))}
        </Panel>
      )}
    />
  );
}
