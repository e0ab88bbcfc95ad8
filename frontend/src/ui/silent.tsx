import type { ReactNode } from 'react';

/** A picture beside words that say it all: what pictures are called is English. */
export const silent = (icon: ReactNode) => icon && <span aria-hidden="true">{icon}</span>;
