import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/**
 * The record that a list shows beside itself: the one clicked, or the one the address names
 * (`/acting#<id>`), so that a link can lead straight to it. A record that is not there any more
 * leaves the list as it is.
 */
export function useShown<Item>(
  load: (id: string) => Promise<Item | undefined>,
): [Item | null, (item: Item | null) => void] {
  const { hash } = useLocation();
  const [shown, setShown] = useState<Item | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address, a new record
  useEffect(() => {
    if (!hash) return;
    let left = false;
    load(hash)
      .then((item) => !left && item && setShown(item))
      .catch(() => {});
    return () => {
      left = true;
    };
  }, [hash]);
  return [shown, setShown];
}
