import type { Schema } from '@/api/client';
import { t } from '@/locales/manual';
import { either, listed } from '@/ui/format';

export type Clause = Schema<'ClauseInForce'>;
export type Chapter = Schema<'ChapterLine'>;

export const textOf = (clause: Pick<Clause, 'text_zh' | 'text_en'>) =>
  either(clause.text_zh, clause.text_en);
export const dueOf = (clause: Clause) => either(clause.due_zh, clause.due_en);
export const receiverOf = (clause: Clause) => either(clause.to_zh, clause.to_en);
export const recordOf = (clause: Clause) => either(clause.record_zh, clause.record_en);
export const titleOf = (chapter: Pick<Chapter, 'title_zh' | 'title_en'>) =>
  either(chapter.title_zh, chapter.title_en);

/** Whom a clause binds, in words. */
export function boundOf(clause: Clause, title: (code: string) => string): string {
  if (clause.everybody) return t('everybody');
  return listed(clause.posts.map(title).filter(Boolean)) || t('nobody');
}
