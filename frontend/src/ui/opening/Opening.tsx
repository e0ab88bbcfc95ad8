import {
  type ReactElement,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import './opening.css';

/** What a button needs to open something. */
export interface Opener {
  'aria-haspopup': 'menu' | 'dialog';
  'aria-expanded': boolean;
  'aria-controls': string | undefined;
  onClick: () => void;
  onFocus: () => void;
  onPointerEnter: () => void;
}

/** What opens, as its code is fetched later: beside its anchor, and closed by its `change`. */
export interface Opened {
  anchor: ReactElement;
  id: string;
  open: boolean;
  change: (open: boolean) => void;
}

interface OpeningProps {
  kind: Opener['aria-haspopup'];
  /** Fetches the code of what opens: when one first reaches for the button. */
  reach: () => void;
  button: (opener: Opener) => ReactNode;
  panel: (opened: Opened) => ReactNode;
}

/**
 * A button with a menu or a panel. The button is there at once and stays the same; what it opens is fetched when one first
 * reaches for it, by pointer, finger or keyboard.
 */
export function Opening({ kind, reach, button, panel }: OpeningProps) {
  const id = useId();
  const place = useRef<HTMLSpanElement>(null);
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      place.current?.querySelector('button')?.focus();
    };
    window.addEventListener('keydown', close, true);
    return () => window.removeEventListener('keydown', close, true);
  }, [open]);
  return (
    <span className="opening" ref={place}>
      {button({
        'aria-haspopup': kind,
        'aria-expanded': open,
        'aria-controls': open ? id : undefined,
        onClick: () => {
          setWanted(true);
          setOpen(!open);
        },
        onFocus: reach,
        onPointerEnter: reach,
      })}
      {wanted && (
        <Suspense>
          {panel({
            // Over the button while something is open, so that a second click closes it.
            anchor: <span className={open ? 'opening-anchor open' : 'opening-anchor'} />,
            id,
            open,
            change: setOpen,
          })}
        </Suspense>
      )}
    </span>
  );
}
