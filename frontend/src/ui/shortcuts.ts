import { useEffect, useRef } from 'react';
import { createStore } from './store';

/** A key that does something on the present screen, as the `?` overlay shows it. */
export interface Shortcut {
  /** `KeyboardEvent.key`, with `Ctrl+` in front where needed: `/`, `n`, `Ctrl+Enter`. */
  keys: string;
  label: string;
  run: () => void;
  /** Also while typing in a field. */
  inFields?: boolean;
}

export const shortcutStore = createStore<readonly Shortcut[]>([]);

/** Registers a key for as long as the component is shown. */
export function useShortcut(shortcut: Shortcut): void {
  const latest = useRef(shortcut);
  latest.current = shortcut;
  const { keys, label, inFields = false } = shortcut;
  useEffect(() => {
    const entry: Shortcut = { keys, label, inFields, run: () => latest.current.run() };
    shortcutStore.set([...shortcutStore.get(), entry]);
    return () => shortcutStore.set(shortcutStore.get().filter((other) => other !== entry));
  }, [keys, label, inFields]);
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** One listener for all; the latest registration of a key wins. */
export function listenForShortcuts(signal: AbortSignal): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const keys = event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.key;
    const found = [...shortcutStore.get()].reverse().find((shortcut) => shortcut.keys === keys);
    if (!found || (isTyping(event.target) && !found.inFields)) return;
    // A modal window keeps its keys to itself.
    if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return;
    event.preventDefault();
    found.run();
  };
  document.addEventListener('keydown', onKey, { signal });
}
