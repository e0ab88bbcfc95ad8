import type { Texts } from './catalog';

/** All English texts, by the name of their context. */
const all: Record<string, Texts> = {};
for (const [path, texts] of Object.entries(
  import.meta.glob<Texts>('./en/*.ts', { eager: true, import: 'default' }),
)) {
  all[path.slice('./en/'.length, -'.ts'.length)] = texts;
}
export default all;
