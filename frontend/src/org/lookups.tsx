import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMe } from '@/access/session';
import { api, ok, type Schema } from '@/api/client';
import { lang } from '@/locales/lang';
import { t } from '@/locales/org';
import { dateOf } from '@/ui/format';
import { createStore, useStore } from '@/ui/store';
import './org.css';

export type PostCode = Schema<'PostCode'>;
export type PostView = Schema<'PostView'>;

/** Today on the estate's clock. */
export const today = () => dateOf(Date.now());

const NO_POSTS: readonly PostView[] = [];

/** The catalogue of posts; read once, for titles and choices. */
export function usePosts(): readonly PostView[] {
  const posts = useQuery({
    queryKey: ['org', 'posts', 'all'],
    queryFn: ({ signal }) => ok(api.GET('/api/v1/posts', { signal })),
    staleTime: 5 * 60_000,
    meta: { kinds: ['post'] },
  });
  return posts.data?.items ?? NO_POSTS;
}

/** `title(code)` in the person's language; empty until the catalogue is there. */
export function usePostTitle(): (code: string | null | undefined) => string {
  const posts = usePosts();
  const english = lang() === 'en';
  return (code) => {
    const post = posts.find((one) => one.code === code);
    return post ? (english ? post.title_en : post.title_zh) : '';
  };
}

/** Posts for choices: those that people of the company hold, or `all`. */
export function usePostOptions(all = false): { value: PostCode; label: string }[] {
  const posts = usePosts();
  const english = lang() === 'en';
  return posts
    .filter((post) => all || (!post.is_role_tag && !post.is_external))
    .map((post) => ({
      value: post.code as PostCode,
      label: english ? post.title_en : post.title_zh,
    }));
}

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

/** The `If-Match` of a record whose version came in a list. */
export const etagOf = (version: number) => `"${version}"`;
