import { codeOf, messageOf, SentinelError } from '../../runtime/errors.ts';

/** Requests to a Grafana as an administrator. All throw SENTINEL_GRAFANA_FAILED with what to do. */
export interface GrafanaAdmin {
  /** Without a final slash. */
  readonly url: string;
  get<Body>(path: string): Promise<Body>;
  /** Undefined when there is no such thing. */
  find<Body>(path: string): Promise<Body | undefined>;
  post<Body>(path: string, body: object): Promise<Body>;
  /** False when it was gone already. */
  remove(path: string): Promise<boolean>;
}

export interface GrafanaAccess {
  readonly url: string;
  /** Value of the header Authorization. */
  readonly authorization: string;
  readonly fetch: typeof globalThis.fetch;
}

export function createGrafanaAdmin({ url, authorization, fetch }: GrafanaAccess): GrafanaAdmin {
  async function send(method: string, path: string, body?: object): Promise<Response> {
    const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(`${url}${path}`, { method, headers, redirect: 'manual', ...content }).catch((error: unknown) => {
      const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
      throw failed(
        `Grafana does not answer at ${url} (${codeOf(cause) || messageOf(cause)}). Give its address with --url.`,
      );
    });
  }

  async function ask(method: string, path: string, body?: object): Promise<Response | undefined> {
    const response = await send(method, path, body);
    if (response.status === 404) return undefined;
    if (response.ok) return response;
    throw failed(`${method} ${path}: ${await refusalOf(response)}`);
  }

  async function found<Body>(method: string, path: string, body?: object): Promise<Body> {
    const response = await ask(method, path, body);
    if (response !== undefined) return (await response.json()) as Body;
    throw failed(`${method} ${path} is not there. Is ${url} the root of Grafana, with its sub-path?`);
  }

  return {
    url,
    get: (path) => found('GET', path),
    find: async <Body>(path: string) => (await (await ask('GET', path))?.json()) as Body | undefined,
    post: (path, body) => found('POST', path, body),
    remove: async (path) => (await ask('DELETE', path)) !== undefined,
  };
}

export function failed(message: string): SentinelError {
  return new SentinelError('SENTINEL_GRAFANA_FAILED', message);
}

const remedies: Readonly<Record<number, string>> = {
  401: 'Grafana does not know these credentials. Set GRAFANA_TOKEN, or GRAFANA_USER and GRAFANA_PASSWORD, of an administrator.',
  403: 'These credentials may not do that. An administrator of the organisation may.',
};

async function refusalOf(response: Response): Promise<string> {
  const body = (await response.json().catch(() => undefined)) as { readonly message?: string } | undefined;
  const said = body?.message ?? 'without a reason';
  return `${response.status}, ${said}. ${remedies[response.status] ?? ''}`.trim();
}
