import { proxyPath } from '../fixtures/paths.ts';
import { raw, users } from '../fixtures/raw-request.ts';
import { expect, test } from '../fixtures/test.ts';

/** What this Grafana's proxy sends for somebody. */
async function sentFor(user: string, headers: Record<string, string> = {}): Promise<Record<string, string>> {
  return JSON.parse((await raw(`${proxyPath}/status`, { user, headers })).body) as Record<string, string>;
}

const idOf = async (user: string): Promise<string> => (await sentFor(user))['x-grafana-id'] ?? '';

const change = JSON.stringify({ kind: 'deploy', service: 'payment', to: '2.4.1' });

/** Straight to the sidecar, as somebody would who reaches its port and has Grafana's token. */
function direct({ url, token }: { url: string; token: string }, headers: Record<string, string>, path = '/changes') {
  const init = path === '/changes' ? { method: 'POST', body: change } : {};
  const type = { 'content-type': 'application/json' };
  return fetch(`${url}/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...type, ...headers } });
}

test('what the proxy sends: token, scope and a signed id token; forged ones are written over', async ({ connect }) => {
  await connect('echo');
  const forged = { 'X-Grafana-Id': 'forged', 'X-Sentinel-Scope': 'admin', 'X-Grafana-Context': '{}' };
  const sent = await sentFor(users.viewer, forged);
  expect(sent).toMatchObject({ authorization: 'Bearer x', 'x-sentinel-scope': 'read' });
  expect(sent['x-grafana-id']?.split('.')).toHaveLength(3);
  expect(JSON.parse(sent['x-grafana-context'] ?? '')).toMatchObject({ Login: 'sentinel-viewer', OrgRole: 'Viewer' });
});

test('a caller can take those headers away: the reason why the token alone counts as the proxy', async ({
  connect,
}) => {
  await connect('echo');
  const names = ['X-Grafana-Id', 'X-Sentinel-Scope', 'X-Grafana-Context'];
  const sent = await sentFor(users.viewer, { Connection: names.join(', ') });
  for (const name of names) expect(sent[name.toLowerCase()]).toBeUndefined();
  expect(sent.authorization).toBe('Bearer x');
});

test('with everything taken away, and a token of an administrator, a viewer reaches nothing', async ({ connect }) => {
  await connect('trusted');
  const stripped = [
    'X-Sentinel-Scope',
    'X-Grafana-Id, X-Sentinel-Scope',
    'X-Grafana-Id, X-Sentinel-Scope, X-Grafana-Context',
  ];
  for (const Connection of stripped) {
    for (const path of ['tokens', 'status']) {
      const answer = await raw(`${proxyPath}/${path}`, { user: users.viewer, headers: { Connection } });
      expect(answer.status).toBe(403);
    }
  }
  expect(
    (await raw(`${proxyPath}/status`, { user: users.viewer, headers: { Connection: 'X-Grafana-Id' } })).status,
  ).toBe(200);
  expect((await raw(`${proxyPath}/tokens`)).status).toBe(403);
});

test('the id token of this Grafana says what a person may do, checked against its own keys', async ({
  connect,
  sidecars,
}) => {
  await connect('echo');
  const { trusted } = sidecars.places;
  const ids = { viewer: await idOf(users.viewer), editor: await idOf(users.editor), admin: await idOf(users.admin) };
  const as = (id: string, scope: string) => ({ 'x-grafana-id': id, 'x-sentinel-scope': scope });
  expect((await direct(trusted, as(ids.viewer, 'respond'))).status).toBe(403);
  const posted = await direct(trusted, as(ids.editor, 'respond'));
  expect(posted.status).toBe(201);
  expect(await posted.json()).toMatchObject({ source: 'sentinel-editor' });
  expect((await direct(trusted, as(ids.editor, 'admin'), '/tokens')).status).toBe(403);
  expect((await direct(trusted, as(ids.admin, 'admin'), '/tokens')).status).toBe(200);
  expect((await direct(trusted, as(ids.admin, 'read'), '/tokens')).status).toBe(403);
});

test('a changed, a stripped and an alien id token allow reading at most', async ({ connect, sidecars }) => {
  await connect('echo');
  const { trusted } = sidecars.places;
  const [head = '', body = '', signature = ''] = (await idOf(users.viewer)).split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const raised = Buffer.from(JSON.stringify({ ...claims, role: 'Admin' })).toString('base64url');
  const wrong = [{ 'x-grafana-id': `${head}.${raised}.${signature}` }, { 'x-grafana-id': 'forged' }, {}];
  for (const headers of wrong) {
    const sent = { 'x-sentinel-scope': 'admin', 'x-grafana-context': '{"Login":"eve","OrgRole":"Admin"}', ...headers };
    expect((await direct(trusted, sent, '/status')).status).toBe(200);
    const refused = await direct(trusted, sent);
    expect(refused.status).toBe(403);
    expect(((await refused.json()) as { error: { remedy: string } }).error.remedy).toMatch(/id token/);
  }
});
