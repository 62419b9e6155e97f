import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { PLUGIN_ID } from '../app/settings';

export const proxyRoot = `/api/plugin-proxy/${PLUGIN_ID}/api`;

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

interface Kept {
  readonly etag: string;
  readonly body: unknown;
}

/** Last good body by address, for answers that say "unchanged". Bounded: the oldest goes first. */
const kept = new Map<string, Kept>();
const KEPT_ANSWERS = 100;

/**
 * Reads from the sidecar through Grafana's plugin proxy. An unchanged answer (304) gives the very same object as before, so that
 * nothing is drawn anew. Rejects with what `getBackendSrv` rejects with; see `toApiError`.
 */
export async function readApi<Answer>(path: string, query: Query = {}, abortSignal?: AbortSignal): Promise<Answer> {
  const url = `${proxyRoot}${path}${queryText(query)}`;
  const before = kept.get(url);
  try {
    const answer = await lastValueFrom(
      getBackendSrv().fetch<Answer>({
        url,
        method: 'GET',
        showErrorAlert: false,
        showSuccessAlert: false,
        validatePath: true,
        ...(abortSignal === undefined ? {} : { abortSignal }),
        ...(before === undefined ? {} : { headers: { 'If-None-Match': before.etag } }),
      }),
    );
    keep(url, answer.headers.get('ETag'), answer.data);
    return answer.data;
  } catch (error) {
    if (before !== undefined && isFetchError(error) && error.status === 304) {
      return before.body as Answer;
    }
    throw error;
  }
}

/** Asks the sidecar to change something, in the name of whoever is signed in. Rejects as `readApi` does. */
export async function writeApi<Answer>(path: string, body: object, method: 'POST' | 'PUT' = 'POST'): Promise<Answer> {
  const answer = await lastValueFrom(
    getBackendSrv().fetch<Answer>({
      url: `${proxyRoot}${path}`,
      method,
      data: body,
      showErrorAlert: false,
      showSuccessAlert: false,
      validatePath: true,
    }),
  );
  return answer.data;
}

function keep(url: string, etag: string | null, body: unknown) {
  if (etag === null) {
    return;
  }
  kept.delete(url);
  kept.set(url, { etag, body });
  const [oldest] = kept.keys();
  if (kept.size > KEPT_ANSWERS && oldest !== undefined) {
    kept.delete(oldest);
  }
}

function queryText(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== '') {
        parameters.append(name, String(item));
      }
    }
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
