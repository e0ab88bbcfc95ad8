import sheet from 'virtual:antd-sheet';

let loading: Promise<void> | undefined;

/**
 * Brings the style sheet of antd's commonest parts (build/antdSheet.ts) before antd is first rendered, which asks once what is in
 * it. Without it, antd makes these styles itself: a page is slower then, not wrong.
 */
export function antdSheet(): Promise<void> {
  loading ??= new Promise((resolve) => {
    // The server's first page of an office address has brought it already.
    if (!sheet || document.querySelector(`link[href="${sheet}"]`)) return resolve();
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = sheet;
    link.onload = () => resolve();
    link.onerror = () => resolve();
    // First: the product's own rules come after antd's and win.
    document.head.prepend(link);
  });
  return loading;
}
