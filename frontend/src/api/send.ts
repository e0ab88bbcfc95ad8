import { lang } from '@/locales/lang';
import { uuidv7 } from '@/ui/uuid';
import { NetworkError, ProblemError } from './problem';
import { accessToken, refresh, tokenAtHand } from './token';

let onSessionEnd: () => void = () => {};
/** Called when the server no longer knows the session. */
export function whenSessionEnds(run: () => void): void {
  onSessionEnd = run;
}

// Answered without a session, and never the reason to end one.
const PUBLIC = /\/api\/v1\/(auth\/(login|refresh|setup)|demo-accounts|public\/)/;

/**
 * `fetch` with everything the API's conventions ask for: the access token (renewed once when the
 * server refuses it), the caller's language, an idempotency key on each POST, and errors thrown as
 * `ProblemError` or `NetworkError`.
 */
export async function send(request: Request): Promise<Response> {
  const open = PUBLIC.test(request.url);
  request.headers.set('Accept-Language', lang());
  if (request.method === 'POST' && !open && !request.headers.has('Idempotency-Key')) {
    request.headers.set('Idempotency-Key', uuidv7());
  }
  const again = request.clone();
  const bearer = open ? null : (tokenAtHand() ?? (await accessToken()));
  let response = await attempt(request, bearer);
  if (response.status === 401 && !open) {
    const renewed = await refresh(bearer ?? undefined);
    if (renewed) response = await attempt(again, renewed);
    if (response.status === 401) onSessionEnd();
  }
  if (!response.ok && response.status !== 304) throw await ProblemError.from(response);
  return response;
}

async function attempt(request: Request, bearer: string | null): Promise<Response> {
  if (bearer) request.headers.set('Authorization', `Bearer ${bearer}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new NetworkError();
  }
}
