import { proxyPath, settingsPath } from '../fixtures/paths.ts';
import { raw, users } from '../fixtures/raw-request.ts';
import { expect, test } from '../fixtures/test.ts';

test.beforeEach(({ connect }) => connect('incident'));

test('a plain path is answered', async () => {
  expect(await raw(`${proxyPath}/status`)).toMatchObject({ status: 200 });
});

const twoMeanings = [
  '..%2f..%2fmetrics',
  'anomalies/../tokens',
  'x/%2e%2e/tokens',
  'anomalies;x',
  'anomalies%2f..%2ftokens',
  'anomalies%00',
];
for (const odd of twoMeanings) {
  test(`a path that means two things is refused: ${odd}`, async () => {
    const { status, body } = await raw(`${proxyPath}/${odd}`);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('createdAtMs');
  });
}

test('doubled slashes and dots lead to no other place than the plain path', async () => {
  for (const odd of ['/tokens', './tokens']) {
    expect((await raw(`${proxyPath}/${odd}`)).status).toBeGreaterThanOrEqual(400);
  }
});

test('the scope of the route holds: not even an administrator reads tokens through it', async () => {
  expect(await raw(`${proxyPath}/tokens`)).toMatchObject({ status: 403 });
  expect(await raw(`${proxyPath}/tokens`, { headers: { 'X-Sentinel-Scope': 'admin' } })).toMatchObject({ status: 403 });
});

test('headers that a caller adds or strips give nothing', async () => {
  const forged = { 'X-Grafana-Id': 'forged', 'X-Grafana-User': 'admin', Authorization2: 'Bearer x' };
  expect(await raw(`${proxyPath}/tokens`, { headers: forged })).toMatchObject({ status: 403 });
  for (const name of ['X-Grafana-Id', 'X-Sentinel-Scope', 'Authorization']) {
    const { status } = await raw(`${proxyPath}/tokens`, { user: users.viewer, headers: { Connection: name } });
    expect(status).toBeGreaterThanOrEqual(400);
  }
});

test('nothing is written through the proxy, and nobody reads it unknown', async () => {
  expect((await raw(`${proxyPath}/changes`, { method: 'POST' })).status).toBe(404);
  for (const path of ['status', 'coverage']) {
    for (const user of ['nobody:wrong', '']) {
      expect((await raw(`${proxyPath}/${path}`, { user })).status).toBe(401);
    }
  }
});

test('without a token of the sidecar nothing is answered, and never with 401, which Grafana would repeat', async ({
  connect,
  admin,
}) => {
  await connect('incident');
  await admin.post(settingsPath, { data: { enabled: true, pinned: true, secureJsonData: { apiToken: '' } } });
  for (const path of ['status', 'coverage', 'anomalies?limit=1']) {
    const { status, body } = await raw(`${proxyPath}/${path}`);
    expect(status).toBe(403);
    expect(body).toContain('unauthenticated');
  }
});

test('what is watched is read by a route of its own', async () => {
  const { status, body } = await raw(`${proxyPath}/coverage?state=learning&limit=2`, { user: users.viewer });
  expect(status).toBe(200);
  expect((JSON.parse(body) as { items: unknown[] }).items).toHaveLength(2);
});

test('a viewer reads how detection does, and changes neither it nor an incident', async () => {
  for (const path of ['shadow', 'drills', 'tunings?limit=1', 'slos', 'slos/cart-availability/history']) {
    expect((await raw(`${proxyPath}/${path}`, { user: users.viewer })).status).toBe(200);
  }
  const changes = [
    ['POST', 'shadow/promote'],
    ['POST', 'tunings/rollback'],
    ['PUT', 'incidents/1/tasks/x'],
    ['POST', 'incidents/1/tasks'],
    ['POST', 'slos/corrections'],
    ['POST', 'slos/corrections/x/reverse'],
    ['PUT', 'feedback/x/rule'],
  ] as const;
  for (const [method, path] of changes) {
    expect((await raw(`${proxyPath}/${path}`, { user: users.viewer, method })).status).toBe(403);
  }
});

test('a viewer reads incidents, and never the token', async () => {
  expect((await raw(`${proxyPath}/anomalies?limit=1`, { user: users.viewer })).status).toBe(200);
  const { body } = await raw(settingsPath, { user: users.viewer });
  expect(body).not.toContain('sntl_');
});
