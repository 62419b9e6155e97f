import { isFetchError } from '@grafana/runtime';
import { TimeLimitError } from '../app/within';

/** Why the sidecar gave no answer that can be used; each page says it in words. */
export interface ApiError {
  readonly kind: 'unreachable' | 'token_refused' | 'forbidden' | 'refused' | 'not_found' | 'failed';
  /** HTTP status; 0 where there was no answer at all. */
  readonly status: number;
  readonly detail: string;
  /** Names the request in the sidecar's log. */
  readonly requestId?: string;
}

const kinds: Readonly<Record<number, ApiError['kind']>> = {
  401: 'token_refused',
  403: 'forbidden',
  404: 'not_found',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

export function toApiError(error: unknown): ApiError {
  if (error instanceof TimeLimitError) {
    return { kind: 'unreachable', status: 0, detail: error.message };
  }
  if (!isFetchError(error)) {
    return { kind: 'failed', status: 0, detail: String(error) };
  }
  const { status, data, statusText = '' } = error;
  const own = field(data, 'error');
  const requestId = text(own, 'requestId');
  // The sidecar answers `{ error: { code, message } }`, Grafana itself `{ message }`.
  const detail = text(own, 'message') ?? text(data, 'message') ?? statusText;
  const kind = kindOf(status, text(own, 'code'));
  return { kind, status, detail, ...(requestId === undefined ? {} : { requestId }) };
}

/** Grafana says 403 when the user lacks a permission, the sidecar when the token or what came with it does not do. */
function kindOf(status: number, code: string | undefined): ApiError['kind'] {
  if (code === 'unauthenticated') {
    return 'token_refused';
  }
  return code === 'forbidden' ? 'refused' : (kinds[status] ?? 'failed');
}

function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
