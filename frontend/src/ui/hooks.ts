import { useSyncExternalStore } from 'react';

/** Whether a media query holds, followed live. */
export function useMedia(query: string): boolean {
  const list = window.matchMedia?.(query);
  return useSyncExternalStore(
    (changed) => {
      list?.addEventListener?.('change', changed);
      return () => list?.removeEventListener?.('change', changed);
    },
    () => list?.matches ?? false,
  );
}

/** Phone width: lists become cards, the side menu a drawer. */
export const useNarrow = () => useMedia('(max-width: 767px)');
