import { api, ok } from '@/api/client';
import { lang } from '@/locales/lang';

/** Clauses for the header's search: by id or by any word they say. */
export async function findClauses(q: string, signal: AbortSignal) {
  const query = { q, limit: 6 };
  const page = await ok(api.GET('/api/v1/manual/clauses', { params: { query }, signal }));
  return page.items.map((clause) => ({
    key: clause.id,
    title: lang() === 'en' ? clause.text_en : clause.text_zh,
    detail: clause.id,
    href: `/manual/clauses/${clause.id}`,
  }));
}
