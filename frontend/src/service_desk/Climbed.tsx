import type { Schema } from '@/api/client';
import { t } from '@/locales/service_desk';
import { Pill } from '@/ui/text';

/** Says how far up the line overdue work has climbed; nothing while nobody above was told. */
export function Climbed({ told }: { told: readonly Schema<'PostCode'>[] }) {
  const post = told.at(-1);
  return post ? <Pill tone="late">{t('climbed', { post: t.code('post', post) })}</Pill> : null;
}
