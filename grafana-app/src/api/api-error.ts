import { isFetchError } from '@grafana/runtime';

/** Why the sidecar gave no answer that can be used; each page says it in words. */
export type ApiError =
  | { readonly kind: 'not_configured' }
  | { readonly kind: 'unreachable'; readonly status: number; readonly detail: string }
  | { readonly kind: 'token_refused'; readonly status: number; readonly detail: string }
  | { readonly kind: 'forbidden'; readonly status: number; readonly detail: string }
  | { readonly kind: 'not_found'; readonly status: number; readonly detail: string }
  | { readonly kind: 'failed'; readonly status: number; readonly detail: string };

const kinds: Readonly<Record<number, 'token_refused' | 'forbidden' | 'not_found' | 'unreachable'>> = {
  401: 'token_refused',
  403: 'forbidden',
  404: 'not_found',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
};

export function toApiError(error: unknown): ApiError {
  if (!isFetchError(error)) {
    return { kind: 'failed', status: 0, detail: String(error) };
  }
  const code = errorCode(error.data);
  const kind = code === 'unauthenticated' ? 'token_refused' : (kinds[error.status] ?? 'failed');
  return { kind, status: error.status, detail: errorText(error.data) ?? error.statusText ?? '' };
}

/** The sidecar answers `{ error: { code, message } }`, Grafana itself `{ message }`. */
function errorText(data: unknown): string | undefined {
  const own = field(field(data, 'error'), 'message') ?? field(data, 'message');
  return typeof own === 'string' ? own : undefined;
}

function errorCode(data: unknown): unknown {
  return field(field(data, 'error'), 'code');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
