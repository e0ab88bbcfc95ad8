import { t } from '@/locales/base';

/** One value the server did not accept: `pointer` is a JSON pointer into the sent body. */
export interface FieldProblem {
  pointer: string;
  code: string;
  message: string;
}

/** An RFC 9457 problem document, thrown by every call that is not answered with 2xx. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** Number under which the server's log has the request. */
  readonly reference: string | undefined;
  readonly errors: readonly FieldProblem[];

  constructor(status: number, body: Partial<Omit<ProblemError, 'status'>> = {}) {
    const title = body.title ?? t('problem.unknown', { status });
    super(body.detail || title);
    this.status = status;
    this.code = body.code ?? `http_${status}`;
    this.title = title;
    this.detail = body.detail ?? title;
    this.reference = body.reference;
    this.errors = Array.isArray(body.errors) ? body.errors : [];
  }

  static async from(response: Response): Promise<ProblemError> {
    let body: Partial<Omit<ProblemError, 'status'>> = {};
    try {
      if (response.headers.get('content-type')?.includes('json')) body = await response.json();
    } catch {
      // A cut or foreign answer: the status alone has to do.
    }
    const reference = response.headers.get('x-request-id') ?? undefined;
    return new ProblemError(response.status, { ...body, reference });
  }
}

/** No answer at all: no network, or the server is down. Nothing is known about the effect. */
export class NetworkError extends Error {
  override name = 'NetworkError';
  constructor() {
    super(t('problem.network'));
  }
}

/** Thrown by a route guard; the page says whom to ask. */
export class NoPermissionError extends Error {
  override name = 'NoPermissionError';
  constructor(readonly permission: string) {
    super(permission);
  }
}

/** The sentence to show for anything that was thrown. */
export function sayError(error: unknown): string {
  if (error instanceof ProblemError) {
    return error.errors.length > 0
      ? error.errors.map((field) => field.message).join(' · ')
      : error.detail;
  }
  if (error instanceof NetworkError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

/** `/items/0/name` → `['items', 0, 'name']`, the form of antd field names. */
export function pointerPath(pointer: string): (string | number)[] {
  return pointer
    .replace(/^#?\//, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
