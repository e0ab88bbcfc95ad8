import type { Schema } from '@/api/client';
import { t } from '@/locales/tasks';
import { Pill } from '@/ui/text';
import { usePostTitle } from '../lookups';

/** How far a late task has climbed; nothing while the assignee alone was reminded. */
export function Told({ posts }: { posts: readonly Schema<'PostCode'>[] }) {
  const title = usePostTitle();
  const last = posts.at(-1);
  return last ? <Pill tone="late">{t('climbed', { post: title(last) })}</Pill> : null;
}
