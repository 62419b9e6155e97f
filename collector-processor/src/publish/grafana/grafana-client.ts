import { messageOf, SentinelError } from '../../runtime/errors.ts';
import { readCapped } from '../../runtime/read-capped.ts';

/** What Grafana is told about one annotation. Epoch milliseconds; without `timeEnd` it is a point. */
export interface AnnotationBody {
  readonly time: number;
  readonly timeEnd?: number;
  readonly text: string;
  readonly tags: readonly string[];
}

/**
 * What came of a request. `unavailable` passes by itself, `forbidden` and `misconfigured` when somebody acts, `refused`
 * never: it is about this annotation.
 */
export type GrafanaFailure =
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly kind: 'forbidden'; readonly reason: string }
  | { readonly kind: 'misconfigured'; readonly reason: string; readonly status?: number }
  | { readonly kind: 'refused'; readonly reason: string };

type GrafanaAnswer<Value> = { readonly kind: 'done'; readonly value: Value } | GrafanaFailure;

export interface GrafanaClient {
  /** The id of the new annotation. */
  create(body: AnnotationBody): Promise<GrafanaAnswer<number>>;
  /** `gone`: Grafana knows no such annotation, or denies access to it; it answers 403 for both. */
  edit(id: number, body: AnnotationBody): Promise<GrafanaAnswer<void> | { readonly kind: 'gone' }>;
  /** `gone`: there is none. A right that is missing stays `forbidden`. */
  remove(id: number): Promise<GrafanaAnswer<void> | { readonly kind: 'gone' }>;
  /** The id of the annotation that carries the tag. */
  find(tag: string): Promise<GrafanaAnswer<number | undefined>>;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

interface GrafanaClientParts {
  readonly options: {
    readonly url: string;
    readonly token: string;
    readonly dashboardUid: string;
    readonly timeout: number;
  };
  readonly fetch: Fetch;
  /** Ends requests that are under way when the process stops. */
  readonly stopped: AbortSignal;
}

const MAX_REPLY_BYTES = 256 * 1024;

export function createGrafanaClient({ options, fetch, stopped }: GrafanaClientParts): GrafanaClient {
  const root = rootOf(options.url);
  const holder = options.dashboardUid === '' ? {} : { dashboardUID: options.dashboardUid };

  async function request(method: string, path: string, body?: object): Promise<GrafanaAnswer<unknown>> {
    try {
      const response = await fetch(`${root}${path}`, {
        method,
        redirect: 'manual',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(options.timeout)]),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${options.token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return answerOf(response, await readCapped(response, MAX_REPLY_BYTES));
    } catch (error) {
      return { kind: 'unavailable', reason: `${method} failed: ${messageOf(error)}` };
    }
  }

  return {
    async create(body) {
      const answer = await request('POST', '/api/annotations', { ...holder, ...body });
      if (answer.kind !== 'done') return answer;
      const id = numberAt(answer.value, 'id');
      return id === undefined ? notGrafana('a created annotation without an id') : { kind: 'done', value: id };
    },

    async edit(id, body) {
      const answer = await request('PATCH', `/api/annotations/${id}`, body);
      if (answer.kind === 'forbidden' || (answer.kind === 'misconfigured' && answer.status === 404))
        return { kind: 'gone' };
      return answer.kind === 'done' ? { kind: 'done', value: undefined } : answer;
    },

    async remove(id) {
      const answer = await request('DELETE', `/api/annotations/${id}`);
      if (answer.kind === 'misconfigured' && answer.status === 404) return { kind: 'gone' };
      return answer.kind === 'done' ? { kind: 'done', value: undefined } : answer;
    },

    async find(tag) {
      const query = new URLSearchParams({ tags: tag, type: 'annotation', limit: '10', ...holder });
      const answer = await request('GET', `/api/annotations?${query.toString()}`);
      if (answer.kind !== 'done') return answer;
      if (!Array.isArray(answer.value)) return notGrafana('a search without a list');
      const ids = answer.value.filter((found) => carries(found, tag)).map((found) => numberAt(found, 'id'));
      const lowest = Math.min(...ids.filter((id) => id !== undefined));
      return { kind: 'done', value: Number.isFinite(lowest) ? lowest : undefined };
    },
  };
}

function rootOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new SentinelError('SENTINEL_CONFIG_INVALID', `publish.grafana.url is no http address: ${url}`);
  }
  return url.replace(/\/+$/, '');
}

function answerOf(response: Response, text: string | undefined): GrafanaAnswer<unknown> {
  const { status } = response;
  const reason = `${status} ${messageIn(text)}`.trim();
  if (status === 401 || status === 403) return { kind: 'forbidden', reason };
  if (status === 400 || status === 413 || status === 422) return { kind: 'refused', reason };
  if (status === 408 || status === 429 || status >= 500)
    return unavailable(reason, response.headers.get('retry-after'));
  if (status < 200 || status >= 300) return { kind: 'misconfigured', reason, status };
  return contentOf(text);
}

function contentOf(text: string | undefined): GrafanaAnswer<unknown> {
  if (text === undefined) return notGrafana('a reply beyond the limit');
  const value = parsed(text);
  return value === undefined ? notGrafana('a reply that is no JSON') : { kind: 'done', value };
}

function unavailable(reason: string, retryAfter: string | null): GrafanaFailure {
  const seconds = retryAfter === null ? Number.NaN : Number(retryAfter);
  return seconds >= 0 ? { kind: 'unavailable', reason, retryAfterMs: seconds * 1000 } : { kind: 'unavailable', reason };
}

function notGrafana(what: string): GrafanaFailure {
  return { kind: 'misconfigured', reason: `The address answers with ${what}; is it Grafana's?` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Grafana's own explanation, bounded. */
function messageIn(text: string | undefined): string {
  const value = parsed(text ?? '');
  const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : '';
  return typeof message === 'string' ? message.slice(0, 200) : '';
}

function numberAt(value: unknown, name: string): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : undefined;
}

function carries(value: unknown, tag: string): boolean {
  if (typeof value !== 'object' || value === null || !('tags' in value)) return false;
  return Array.isArray(value.tags) && value.tags.includes(tag);
}
