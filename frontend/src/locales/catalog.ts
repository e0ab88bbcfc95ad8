import { english, lang } from './lang';

/**
 * Texts without a library: a catalogue is a pair of plain objects. The compiler holds the English
 * one to the keys of the Chinese one and every call to the slots of its text, and a screen carries
 * only the texts of its own context (0.3 kB of code; i18next would be 15 kB, typesafe-i18n is no
 * longer maintained, lingui needs a compile step of its own). The English texts are one file that
 * only those load who read English (lang.ts). Languages change by remounting the tree (main.tsx),
 * so `t` is a plain function that can be called anywhere.
 */
export type Texts = Readonly<Record<string, string>>;
export type Translation<T extends Texts> = { readonly [K in keyof T]: string };

type Slots<S extends string> = S extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never;
type Args<S extends string> = [Slots<S>] extends [never]
  ? []
  : [values: { [K in Slots<S>]: string | number }];

export interface T<Z extends Texts> {
  <K extends keyof Z & string>(key: K, ...args: Args<Z[K]>): string;
  /** The word for a code that comes from the server, looked up as `group.code`; the code itself
   * when there is none, so that a newer server never leaves a hole in the screen. */
  code(group: string, code: string | null | undefined): string;
  /** Whether `key` exists, for codes that may have no text of their own. */
  has(key: string): key is keyof Z & string;
}

/** The Chinese texts of a context; `name` is that of its file in both languages. */
export function catalog<const Z extends Texts>(name: string, zh: Z): T<Z> {
  const texts = (): Texts => (lang() === 'en' ? (english()[name] ?? zh) : zh);
  const t = ((key: string, values?: Record<string, string | number>) => {
    const text = texts()[key] ?? key;
    return values ? text.replace(/\{(\w+)\}/g, (_, slot) => String(values[slot] ?? '')) : text;
  }) as unknown as T<Z>;
  t.code = (group, code) => (code ? (texts()[`${group}.${code}`] ?? code) : '');
  t.has = (key): key is keyof Z & string => key in zh;
  return t;
}
