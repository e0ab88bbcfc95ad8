import { createStore, useStore } from './store';
import './toast.css';

interface Toast {
  key: number;
  text: string;
  bad: boolean;
}
const toastStore = createStore<readonly Toast[]>([]);
let last = 0;

function show(text: string, bad: boolean): void {
  const key = ++last;
  toastStore.set([...toastStore.get(), { key, text, bad }]);
  const leave = () => toastStore.set(toastStore.get().filter((one) => one.key !== key));
  setTimeout(leave, bad ? 8_000 : 3_000);
}

/** Says shortly what has happened. */
export const toast = (text: string) => show(text, false);

/** Says what went wrong: red, and longer. */
export const toastError = (text: string) => show(text, true);

/** Where they are shown, one below the other: once in each frame. */
export function Toaster() {
  return (
    <div className="toasts" aria-live="polite">
      {useStore(toastStore).map(({ key, text, bad }) => (
        <div key={key} className={bad ? 'toast toast-bad' : 'toast'}>
          {text}
        </div>
      ))}
    </div>
  );
}
