import { useQuery } from '@tanstack/react-query';
import { api, ok, type Schema } from '@/api/client';
import { lang } from '@/locales/lang';

export type PostCode = Schema<'PostCode'>;
export type PostView = Schema<'PostView'>;

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
