import { request as httpRequest } from 'node:http';
import { PLUGIN, proxyPath } from '../fixtures/paths.ts';
import { expect, test } from '../fixtures/test.ts';

const grafana = new URL(process.env.GRAFANA_URL ?? 'http://127.0.0.1:3000');
const admin = `${process.env.GRAFANA_ADMIN_USER ?? 'admin'}:${process.env.GRAFANA_ADMIN_PASSWORD ?? 'admin'}`;
const viewer = 'sentinel-viewer:sentinel-viewer';

/** As it stands: a URL class would tidy the path before it is sent. */
function raw(path: string, user = admin, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const authorization = `Basic ${Buffer.from(user).toString('base64')}`;
    const { hostname: host, port } = grafana;
    const sent = httpRequest({ host, port, path, method, headers: { authorization, ...headers } }, (answer) => {
      let body = '';
      answer.on('data', (part: Buffer) => (body += part.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

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
  expect(await raw(`${proxyPath}/tokens`, admin, { 'X-Sentinel-Scope': 'admin' })).toMatchObject({ status: 403 });
});

test('headers that a caller adds or strips give nothing', async () => {
  const forged = { 'X-Grafana-Id': 'forged', 'X-Grafana-User': 'admin', Authorization2: 'Bearer x' };
  expect(await raw(`${proxyPath}/tokens`, admin, forged)).toMatchObject({ status: 403 });
  for (const name of ['X-Grafana-Id', 'X-Sentinel-Scope', 'Authorization']) {
    const { status } = await raw(`${proxyPath}/tokens`, viewer, { Connection: name });
    expect(status).toBeGreaterThanOrEqual(400);
  }
});

test('nothing is written through the proxy, and nobody reads it unknown', async () => {
  expect((await raw(`${proxyPath}/changes`, admin, {}, 'POST')).status).toBe(404);
  expect((await raw(`${proxyPath}/status`, 'nobody:wrong')).status).toBe(401);
});

test('a viewer reads incidents, and never the token', async () => {
  expect((await raw(`${proxyPath}/anomalies?limit=1`, viewer)).status).toBe(200);
  const { body } = await raw(`/api/plugins/${PLUGIN}/settings`, viewer);
  expect(body).not.toContain('sntl_');
});
