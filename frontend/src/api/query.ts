import { QueryClient } from '@tanstack/react-query';
import type { Kind } from './client';
import { NetworkError, ProblemError } from './problem';

/**
 * Queries name the kinds of record they show (`meta: { kinds: ['case'] }`); an event of the live
 * stream reloads those that show its kind.
 */
declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { kinds?: readonly Kind[] };
    mutationMeta: { kinds?: readonly Kind[] };
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A problem document is an answer; asking again would only repeat it.
      retry: (count, error) =>
        count < 1 &&
        (error instanceof NetworkError || (error instanceof ProblemError && error.status >= 500)),
    },
    mutations: { retry: false },
  },
});

/** Reloads whatever on screen shows records of `kind`; ends when all of it is fresh. */
export function reloadKind(kind: Kind): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: (query) => query.meta?.kinds?.includes(kind) ?? false,
  });
}

/** Reloads whatever on screen shows records that others may have changed. */
export function reloadAll(): Promise<void> {
  return queryClient.invalidateQueries({ predicate: (query) => query.meta?.kinds !== undefined });
}
