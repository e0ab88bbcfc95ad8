import type { ReactNode } from 'react';
import { useMe } from '@/access/session';
import { t } from '@/locales/org';
import { createStore, useStore } from '@/ui/store';
import './org.css';

export { etagOf } from '@/api/etag';
export { type PostCode, type PostView, usePostOptions, usePosts, usePostTitle } from './posts';

/** Today on the estate's clock. */

const estateStore = createStore<string | null>(null);

/** The estate a screen of one estate shows, kept while the person moves between such screens. */
export function useEstate(): { estate: string; name: string; choice: ReactNode } {
  const me = useMe();
  const chosen = useStore(estateStore);
  const estate = me.estates.find((one) => one.id === chosen) ?? me.estates[0];
  return {
    estate: estate?.id ?? '',
    name: estate?.name ?? '',
    choice: me.estates.length > 1 && (
      <select
        className="org-input"
        aria-label={t('choose.estate')}
        value={estate?.id}
        onChange={(event) => estateStore.set(event.target.value)}
      >
        {me.estates.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    ),
  };
}
