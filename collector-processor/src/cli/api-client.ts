import type { Settings } from '../config/schema.ts';
import type { ErrorReply } from '../contract/error.ts';
import { codeOf, messageOf, SentinelError } from '../runtime/errors.ts';

/** Requests to the API of a running Sentinel. All throw SENTINEL_API_FAILED with what to do. */
export interface ApiClient {
  json<Body>(path: string, init?: RequestInit): Promise<Body>;
  /** As `json`, for what somebody else may have removed meanwhile. */
  ifThere<Body>(path: string, init: RequestInit): Promise<Found<Body>>;
  bytes(path: string): Promise<Uint8Array>;
}

export type Found<Body> = { readonly kind: 'found'; readonly body: Body } | { readonly kind: 'gone' };

interface ApiClientOptions {
  /** Base address. */
  readonly url: string;
  readonly token: string | undefined;
  readonly fetch: typeof globalThis.fetch;
}

export function createApiClient({ url, token, fetch }: ApiClientOptions): ApiClient {
  async function ask(path: string, init: RequestInit): Promise<Response> {
    const response = await send(path, init);
    if (!response.ok) throw new SentinelError('SENTINEL_API_FAILED', await refusalOf(response));
    return response;
  }

  async function send(path: string, init: RequestInit): Promise<Response> {
    const access = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { ...(init.headers as Record<string, string> | undefined), ...access };
    return fetch(new URL(path, url), { ...init, headers }).catch((error: unknown) => {
      const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
      const reason = codeOf(cause) || messageOf(cause);
      const remedy = 'Start Sentinel, or give its address with --url.';
      throw new SentinelError('SENTINEL_API_FAILED', `Sentinel does not answer at ${url} (${reason}). ${remedy}`);
    });
  }

  const bodyOf = async <Body>(response: Response): Promise<Body> =>
    (response.status === 204 ? undefined : await response.json()) as Body;

  return {
    json: async (path, init = {}) => bodyOf(await ask(path, init)),
    async ifThere(path, init) {
      const response = await send(path, init);
      if (response.status === 404) return { kind: 'gone' };
      if (!response.ok) throw new SentinelError('SENTINEL_API_FAILED', await refusalOf(response));
      return { kind: 'found', body: await bodyOf(response) };
    },
    bytes: async (path) => new Uint8Array(await (await ask(path, {})).arrayBuffer()),
  };
}

/** Where this configuration's API is reached from the same machine. */
export function ownApiUrl({ endpoint, tls }: Settings['api']): string {
  const reachable = endpoint.replace(/^(?:0\.0\.0\.0|\[::\]|\*)?:/, '127.0.0.1:');
  return `${tls.certFile === '' ? 'http' : 'https'}://${reachable}`;
}

async function refusalOf(response: Response): Promise<string> {
  const body = (await response.json().catch(() => undefined)) as Partial<ErrorReply> | undefined;
  const { message = `Sentinel answered ${response.status}.`, remedy = '' } = body?.error ?? {};
  const isAboutTokens = response.status === 401 || response.status === 403;
  const hint = isAboutTokens
    ? 'Put a token into SENTINEL_TOKEN; "sentinel tokens create --name NAME --role admin" makes one.'
    : remedy;
  return `${message} ${hint}`.trim();
}
