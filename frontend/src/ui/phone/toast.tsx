import { createStore, useStore } from '@/ui/store';

interface Toast {
  text: string;
  late: boolean;
}
const toastStore = createStore<Toast | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says shortly what has happened; `late` for what went wrong (stays longer). */
export function toast(text: string, late = false): void {
  clearTimeout(timer);
  toastStore.set({ text, late });
  timer = setTimeout(() => toastStore.set(null), late ? 8_000 : 3_000);
}

export function Toaster() {
  const shown = useStore(toastStore);
  return (
    <div aria-live="polite">
      {shown && <div className={shown.late ? 'm-toast m-toast-late' : 'm-toast'}>{shown.text}</div>}
    </div>
  );
}
