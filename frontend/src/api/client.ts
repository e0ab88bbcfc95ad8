import createClient from 'openapi-fetch';
import type { components, paths } from './schema';
import { send } from './send';

/** The typed API: `api.GET('/api/v1/…', { params })`. Answers other than 2xx are thrown. */
export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? '', fetch: send });

/** A named shape of the API, e.g. `Schema<'Me'>`. */
export type Schema<K extends keyof components['schemas']> = components['schemas'][K];

/** What one may do, e.g. `case.read`. */
export type Permission = Schema<'Permission'>;
/** A kind of record, e.g. `work_order`: what live events name and queries show. */
export type Kind = Schema<'SubjectKind'>;

/** The body of an answer: `const me = await ok(api.GET('/api/v1/me'))`. */
export async function ok<D>(call: Promise<{ data?: D }>): Promise<NonNullable<D>> {
  return (await call).data as NonNullable<D>;
}

/** The body together with its version, for an edit that must not overwrite another's. */
export async function withTag<D>(
  call: Promise<{ data?: D; response: Response }>,
): Promise<{ data: NonNullable<D>; etag: string }> {
  const { data, response } = await call;
  return { data: data as NonNullable<D>, etag: response.headers.get('etag') ?? '' };
}

/** Headers of an edit: refused with 412 when somebody else was faster. */
export const ifMatch = (etag: string) => ({ 'If-Match': etag });

/** Headers of an action whose retry must be recognised as the same. Keep the key until answered. */
export const idempotent = (key: string) => ({ 'Idempotency-Key': key });
