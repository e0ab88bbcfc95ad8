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
document.documentElement.lang = langStore.get();

export const lang = (): Lang => langStore.get();

export function setLang(next: Lang): void {
  local.set(KEY, next);
  document.documentElement.lang = next;
  langStore.set(next);
}
