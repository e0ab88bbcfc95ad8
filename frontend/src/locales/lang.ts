import { createStore, local } from '@/ui/store';

export type Lang = 'zh-CN' | 'en';
const KEY = 'wuye.lang';

function initial(): Lang {
  const kept = local.get(KEY);
  if (kept === 'zh-CN' || kept === 'en') return kept;
  // Chinese unless the browser clearly asks for something else.
  return navigator.language.toLowerCase().startsWith('zh') || !navigator.language ? 'zh-CN' : 'en';
}

export const langStore = createStore<Lang>(initial());

export const lang = (): Lang => langStore.get();

let texts: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

/** The English texts; empty until they are loaded. */
export const english = () => texts;

/** Loads what the language needs; without network the Chinese texts stay. */
export async function ready(which: Lang = lang()): Promise<void> {
  document.documentElement.lang = which;
  if (which !== 'en') return;
  texts = await import('./english').then((all) => all.default).catch(() => texts);
}

export async function setLang(next: Lang): Promise<void> {
  local.set(KEY, next);
  await ready(next);
  langStore.set(next);
}
