import { expect, test } from 'vitest';

type Module = { default: Record<string, string> };
const zh = import.meta.glob<Module>('./zh-CN/*.ts', { eager: true });
const en = import.meta.glob<Module>('./en/*.ts', { eager: true });
const name = (path: string) => path.split('/').pop() ?? path;
const slots = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

test('every context has a file in both languages', () => {
  expect(Object.keys(en).map(name).sort()).toEqual(Object.keys(zh).map(name).sort());
});

for (const [path, module] of Object.entries(zh)) {
  const other = Object.entries(en).find(([p]) => name(p) === name(path))?.[1].default ?? {};
  test(`${name(path)}: both languages have the same texts with the same slots`, () => {
    expect(Object.keys(other).sort()).toEqual(Object.keys(module.default).sort());
    for (const [key, text] of Object.entries(module.default)) {
      expect(text.trim(), key).not.toBe('');
      expect(other[key]?.trim(), key).not.toBe('');
      expect(slots(other[key] ?? ''), key).toEqual(slots(text));
    }
  });
  test(`${name(path)}: English texts hold no Chinese`, () => {
    for (const [key, text] of Object.entries(other)) {
      if (key === 'lang.other') continue; // the name of the other language, in that language
      expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });
}
