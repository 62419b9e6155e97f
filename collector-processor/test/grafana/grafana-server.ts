import { randomBytes } from 'node:crypto';

export interface FoundAnnotation {
  readonly id: number;
  readonly time: number;
  readonly timeEnd: number;
  readonly text: string;
  readonly tags: readonly string[];
  readonly dashboardUID?: string;
}

export interface Account {
  readonly id: number;
  readonly token: string;
}

/** The real Grafana under test, as an administrator sees it; without his password only what a token may do. */
export interface GrafanaServer {
  readonly url: string;
  /** Whether accounts can be made. */
  readonly administered: boolean;
  account(role: 'None' | 'Viewer' | 'Editor'): Promise<Account>;
  /** Uid of a dashboard in a folder that the account may edit. */
  holderDashboard(accountId: number): Promise<string>;
  find(tag: string): Promise<FoundAnnotation[]>;
  remove(id: number): Promise<void>;
  /** Removes what this object made. */
  clean(tags: readonly string[]): Promise<void>;
}

interface ServerOptions {
  readonly url: string;
  readonly token: string;
  readonly user: string;
  readonly password: string;
}

export function createGrafanaServer({ url, token, user, password }: ServerOptions): GrafanaServer {
  const administered = user !== '';
  const authorization = administered
    ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    : `Bearer ${token}`;
  const made: string[] = [];

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  return {
    url,
    administered,
    async account(role) {
      if (!administered) return { id: 0, token };
      const name = `sentinel-test-${randomBytes(6).toString('hex')}`;
      const { id } = (await call('POST', '/api/serviceaccounts', { name, role })) as { id: number };
      made.push(`/api/serviceaccounts/${id}`);
      const { key } = (await call('POST', `/api/serviceaccounts/${id}/tokens`, { name })) as { key: string };
      return { id, token: key };
    },
    async holderDashboard(accountId) {
      const title = `Sentinel test ${randomBytes(6).toString('hex')}`;
      const folder = (await call('POST', '/api/folders', { title })) as { uid: string };
      made.push(`/api/folders/${folder.uid}`);
      await call('POST', `/api/access-control/folders/${folder.uid}/users/${accountId}`, { permission: 'Edit' });
      const dashboard = { title, panels: [], schemaVersion: 41 };
      return ((await call('POST', '/api/dashboards/db', { dashboard, folderUid: folder.uid })) as { uid: string }).uid;
    },
    async find(tag) {
      const query = new URLSearchParams({ tags: tag, type: 'annotation', limit: '1000' });
      return (await call('GET', `/api/annotations?${query.toString()}`)) as FoundAnnotation[];
    },
    async remove(id) {
      await call('DELETE', `/api/annotations/${id}`);
    },
    async clean(tags) {
      for (const tag of tags) for (const { id } of await this.find(tag)) await this.remove(id);
      for (const path of made.splice(0).reverse()) await call('DELETE', path);
    },
  };
}
