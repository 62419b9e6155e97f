import { type BackendSrv, type FetchError, type FetchResponse, setBackendSrv } from '@grafana/runtime';
import { type Observable, of, throwError } from 'rxjs';

export type Reply = { readonly status: number; readonly data: unknown };
interface Asked {
  readonly method: string;
  readonly url: string;
  readonly data: unknown;
}

export type Replies = Readonly<Record<string, Reply | ((asked: Asked) => Reply)>>;

/**
 * Stands for Grafana's HTTP client: answers by the last part of the path (`/anomalies`), 404 otherwise, and remembers what was
 * asked.
 */
export function serveReplies(replies: Replies): Asked[] {
  const asked: Asked[] = [];
  function fetch(request: { url: string; method?: string; data?: unknown }): Observable<FetchResponse<unknown>> {
    const question = { method: request.method ?? 'GET', url: request.url, data: request.data };
    asked.push(question);
    const path = request.url.split('?')[0] ?? '';
    const name = Object.keys(replies).find((suffix) => path.endsWith(suffix)) ?? '';
    const found = replies[name] ?? { status: 404, data: { message: 'Not found' } };
    const { status, data } = typeof found === 'function' ? found(question) : found;
    if (status < 300) {
      return of({ status, data, headers: new Headers(), ok: true } as FetchResponse<unknown>);
    }
    const error: FetchError = { status, data, statusText: String(status), config: { url: request.url } };
    return throwError(() => error);
  }
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return asked;
}
