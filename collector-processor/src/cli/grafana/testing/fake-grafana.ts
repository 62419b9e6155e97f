import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeGrafana {
  readonly url: string;
  version: string;
  /** Rights of whoever asks. */
  rights: Record<string, string[]>;
  /** Undefined: the plugin is not installed. */
  plugin: Record<string, unknown> | undefined;
  dataSources: Record<string, unknown>[];
  readonly folders: Set<string>;
  /** Uid to folder. */
  readonly dashboards: Map<string, string>;
  readonly accounts: Map<number, { readonly name: string; readonly role: string; edits: string[] }>;
  readonly tokens: Map<string, number>;
  /** Requests that changed something: `POST /api/folders`. */
  readonly changes: string[];
  /** Answered with 500 from now on. */
  broken: string | undefined;
  stop(): void;
}

interface Asked {
  readonly id: string;
  readonly body: Record<string, unknown>;
  readonly token: string;
}

/** A number is the status of a refusal. */
type Answer = (asked: Asked) => unknown;

const administrator = ['folders:create', 'dashboards:create', 'folders.permissions:write']
  .concat(['serviceaccounts:create', 'plugins:write'])
  .map((action) => [action, ['*']]);

/** The part of Grafana's API that an installation uses, in memory; as a real 13.1 server was seen to answer. */
export async function startFakeGrafana(): Promise<FakeGrafana> {
  let ids = 0;

  const routes: Readonly<Record<string, Answer>> = {
    'GET /api/health': () => ({ version: fake.version }),
    'GET /api/access-control/user/permissions': () => fake.rights,
    'GET /api/plugins/sentinel-observability-app/settings': () => fake.plugin ?? 404,
    'POST /api/plugins/sentinel-observability-app/settings': ({ body: { secureJsonData, ...rest } }) => {
      const given = Object.keys((secureJsonData as object | undefined) ?? {}).map((key) => [key, true]);
      fake.plugin = { ...fake.plugin, ...rest, secureJsonFields: Object.fromEntries(given) as object };
      return {};
    },
    'GET /api/datasources': () => fake.dataSources,
    'POST /api/datasources': ({ body }) => [fake.dataSources.push(body)],
    'DELETE /api/datasources/uid/*': ({ id }) => (fake.dataSources = fake.dataSources.filter(({ uid }) => uid !== id)),
    'GET /api/folders': ({ token }) => (fake.tokens.has(token) ? [] : 401),
    'POST /api/folders': ({ body }) => [fake.folders.add(String(body['uid']))],
    'GET /api/folders/*': ({ id }) => (fake.folders.has(id) ? {} : 404),
    'DELETE /api/folders/*': ({ id }) => (fake.folders.delete(id) ? {} : 404),
    'GET /api/search': () => [...fake.dashboards],
    'GET /api/dashboards/uid/*': ({ id }) => (fake.dashboards.has(id) ? {} : 404),
    'POST /api/dashboards/db': ({ body }) => {
      const { dashboard, folderUid } = body as { dashboard: { uid: string }; folderUid: string };
      return [fake.dashboards.set(dashboard.uid, folderUid).size];
    },
    'DELETE /api/dashboards/uid/*': ({ id }) => (fake.dashboards.delete(id) ? {} : 404),
    'POST /api/access-control/folders/sentinel/users/*': ({ id }) => [
      fake.accounts.get(Number(id))?.edits.push('sentinel'),
    ],
    'GET /api/serviceaccounts/*': () => ({
      serviceAccounts: [...fake.accounts].map(([id, { name }]) => ({ id, name })),
    }),
    'POST /api/serviceaccounts': ({ body }) => {
      ids += 1;
      fake.accounts.set(ids, { name: String(body['name']), role: String(body['role']), edits: [] });
      return { id: ids };
    },
    'DELETE /api/serviceaccounts/*': ({ id }) => (fake.accounts.delete(Number(id)) ? {} : 404),
    'POST /api/serviceaccounts/*/tokens': ({ id }) => {
      ids += 1;
      fake.tokens.set(`glsa_${ids}`, Number(id));
      return { id: ids, key: `glsa_${ids}` };
    },
  };

  function answer(method: string, path: string, asked: Omit<Asked, 'id'>): unknown {
    if (asked.token === 'wrong' && path !== '/api/health') return 401;
    const exact = routes[`${method} ${path}`];
    if (exact !== undefined) return exact({ ...asked, id: '' });
    // The last but one part of the path is an id, or the last one is.
    const [, before = '', id = '', after = ''] = /^(.*?)\/([^/]+)(\/tokens)?$/.exec(path) ?? [];
    return routes[`${method} ${before}/*${after}`]?.({ ...asked, id }) ?? 404;
  }

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const path = url.replace(/\?.*/, '');
      if (method !== 'GET') fake.changes.push(`${method} ${path}`);
      const given =
        path === fake.broken
          ? 500
          : answer(method, path, { body, token: (headers.authorization ?? '').replace(/^\w+ /, '') });
      const status = typeof given === 'number' ? given : 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(status === 200 ? given : { message: 'refused' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeGrafana = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    version: '13.1.0',
    rights: Object.fromEntries(administrator) as Record<string, string[]>,
    plugin: { enabled: false, pinned: false, info: { version: '0.1.0' } },
    dataSources: [],
    folders: new Set(),
    dashboards: new Map(),
    accounts: new Map(),
    tokens: new Map(),
    changes: [],
    broken: undefined,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return fake;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const part of request) text += String(part);
  return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
}
