import type { ReactNode } from 'react';

/** A table that scrolls by itself, also by keyboard. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="im-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
