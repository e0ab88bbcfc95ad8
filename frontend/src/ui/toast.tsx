import { createStore, useStore } from './store';
import './toast.css';

interface Toast {
  text: string;
  bad: boolean;
}
const toastStore = createStore<Toast | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

function show(text: string, bad: boolean): void {
  clearTimeout(timer);
  toastStore.set({ text, bad });
  timer = setTimeout(() => toastStore.set(null), bad ? 8_000 : 3_000);
}

/** Says shortly what has happened. */
export const toast = (text: string) => show(text, false);

/** Says what went wrong: red, and longer. */
export const toastError = (text: string) => show(text, true);

/** Where they are shown: once in each frame. */
export function Toaster() {
  const shown = useStore(toastStore);
  return (
    <div aria-live="polite">
      {shown && <div className={shown.bad ? 'toast toast-bad' : 'toast'}>{shown.text}</div>}
    </div>
  );
}
