import type { ReactNode } from 'react';
import './figures.css';

/** A row of figures, each with its name and, small, what it is made of. */
export const Figures = ({ children }: { children: ReactNode }) => (
  <dl className="figures">{children}</dl>
);

export const Figure = (props: { label: string; hint?: string; children: ReactNode }) => (
  <div>
    <dt>{props.label}</dt>
    <dd>
      {props.children}
      {props.hint && <small>{props.hint}</small>}
    </dd>
  </div>
);

/** Hundredths of a percent (basis points) as a percentage; a dash where there is nothing to divide. */
export const percentOf = (bp: number | null | undefined) =>
  bp === null || bp === undefined ? '—' : `${(bp / 100).toFixed(1)}%`;
