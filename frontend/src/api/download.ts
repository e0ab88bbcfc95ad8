import { send } from './send';

/** Fetches a file with the caller's rights and hands it to the browser to save. */
export async function download(path: string, fallbackName: string): Promise<void> {
  const response = await send(new Request(new URL(path, location.origin)));
  const disposition = response.headers.get('content-disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = encoded ? decodeURIComponent(encoded) : (plain ?? fallbackName);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
