import { lang } from '@/locales/lang';
import { uuidv7 } from '@/ui/uuid';
import { NetworkError, ProblemError } from './problem';
import { accessToken, refresh } from './token';

/** How much of a file has left the device. */
export interface Sent {
  done: number;
  total: number;
}

/**
 * Sends a file as the body of a POST and tells how far it is: `fetch` cannot say that, so this is
 * the one call that goes by XMLHttpRequest. The token is renewed once, as in `send`.
 */
export async function uploadWatched<Answer>(
  path: string,
  file: Blob,
  watch: (sent: Sent) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const key = uuidv7();
  const bearer = await accessToken();
  let response = await post(path, file, { bearer, key, watch, signal });
  if (response.status === 401) {
    const renewed = await refresh(bearer ?? undefined);
    if (renewed) response = await post(path, file, { bearer: renewed, key, watch, signal });
  }
  if (!response.ok) throw await ProblemError.from(response);
  return (await response.json()) as Answer;
}

interface Options {
  bearer: string | null;
  key: string;
  watch: (sent: Sent) => void;
  signal: AbortSignal;
}

function post(path: string, file: Blob, options: Options): Promise<Response> {
  const { bearer, key, watch, signal } = options;
  return new Promise((answered, failed) => {
    const request = new XMLHttpRequest();
    request.open('POST', new URL(path, location.origin));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept-Language', lang());
    request.setRequestHeader('Idempotency-Key', key);
    if (bearer) request.setRequestHeader('Authorization', `Bearer ${bearer}`);
    request.upload.onprogress = ({ loaded, total }) => watch({ done: loaded, total });
    request.onload = () =>
      answered(new Response(request.responseText, { status: request.status, headers: heads() }));
    request.onerror = () => failed(new NetworkError());
    request.onabort = () => failed(signal.reason);
    const stop = () => request.abort();
    signal.addEventListener('abort', stop);
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.send(file);

    function heads(): Headers {
      const found = new Headers();
      for (const name of ['content-type', 'x-request-id']) {
        const value = request.getResponseHeader(name);
        if (value) found.set(name, value);
      }
      return found;
    }
  });
}
