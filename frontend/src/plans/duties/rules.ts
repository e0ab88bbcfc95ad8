import { either } from '@/ui/format';
import type { ListQuery } from '@/ui/list/types';
import type { Rule } from './due';

type Sought = Pick<Rule, 'name' | 'timing' | 'posts' | 'cadence' | 'clauses' | 'has_records'>;

/** Whether a text stands in one of these, whatever its case. */
export const mentions = (q: string, texts: readonly string[]): boolean => {
  const wanted = q.trim().toLowerCase();
  return texts.some((text) => text.toLowerCase().includes(wanted));
};

/** Whether a rule is among those asked for. They all come at once, so they are sought here. */
export function isAsked(rule: Sought, query: Partial<ListQuery>): boolean {
  const { q, post, cadence, waits } = query;
  const texts = [
    either(rule.name.zh, rule.name.en),
    either(rule.timing.zh, rule.timing.en),
    ...rule.clauses,
  ];
  return (
    (!q || mentions(q, texts)) &&
    (!post || rule.posts.some((one) => one === post)) &&
    (!cadence || rule.cadence === cadence) &&
    (!waits || !rule.has_records)
  );
}

/** A list of posts or roles as it stands in the tables: `CSCMGR,GM`. */
export const codesOf = (list: string) => list.split(',').filter(Boolean);
