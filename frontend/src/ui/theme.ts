import { createStore, local } from './store';

export type ThemeChoice = 'light' | 'dark' | 'system';
const KEY = 'wuye.theme';

/** Whether this person asked their device for calm: nothing moves then. */
export const isCalm = () =>
  Boolean(window.matchMedia?.('(prefers-reduced-motion: reduce)').matches);

const wish = window.matchMedia?.('(prefers-color-scheme: dark)');

const kept = local.get(KEY);
export const themeStore = createStore<ThemeChoice>(
  kept === 'light' || kept === 'dark' ? kept : 'system',
);
/** What is shown now; print is always light (print.css). */
export const darkStore = createStore(false);

function apply(): void {
  const choice = themeStore.get();
  const dark = choice === 'dark' || (choice === 'system' && Boolean(wish?.matches));
  darkStore.set(dark);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

export function setTheme(choice: ThemeChoice): void {
  local.set(KEY, choice === 'system' ? null : choice);
  themeStore.set(choice);
  apply();
}

wish?.addEventListener?.('change', apply);
apply();
