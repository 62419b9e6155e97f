import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NOON } from '../store/testing/builders.ts';
import { signingGrafana } from './grafana/testing/signing-grafana.ts';
import { grafanaOptions, startApi, type TestApi } from './testing/api-server.ts';

/** What a person behind Grafana's proxy may do: the least of token, scope and role, and reading when nobody knows who it is. */
const grafana = signingGrafana(NOON / 1000);
const readable = { ...grafanaOptions, url: 'http://grafana' };
let server: TestApi;
let secret = '';

beforeAll(async () => {
  server = await startApi({ options: { grafana: readable }, fetch: grafana.fetch });
  secret = (await server.store.tokens.create({ name: 'grafana', role: 'admin' }))?.secret ?? '';
});
afterAll(() => server.stop());

type Headers = Record<string, string>;
const through = (headers: Headers, path = '/api/v1/status', method = 'GET', from = server, token = secret) =>
  from.ask(path, 'nobody', { method, headers: { authorization: `Bearer ${token}`, ...headers } });
const person = (role: string, claims = {}) => ({ 'x-grafana-id': grafana.token({ claims: { role, ...claims } }) });
const scope = (name: string) => ({ 'x-sentinel-scope': name });
const messageOf = async (response: Response) =>
  ((await response.json()) as { error: { message: string; remedy: string } }).error;

/** Routes by what they need; each is asked so that 403 can only come from the roles. */
const needs = [
  ['reader', 'GET', '/api/v1/status'],
  ['responder', 'POST', '/api/v1/changes'],
  ['admin', 'GET', '/api/v1/tokens'],
] as const;

async function reaches(headers: Headers, from = server, token = secret): Promise<string[]> {
  const reached: string[] = [];
  for (const [needed, method, path] of needs) {
    if ((await through(headers, path, method, from, token)).status !== 403) reached.push(needed);
  }
  return reached;
}

describe('a person that is known', () => {
  test.each([
    ['Viewer', ['reader']],
    ['Editor', ['reader', 'responder']],
    ['Admin', ['reader', 'responder', 'admin']],
    ['None', ['reader']],
    ['constructor', ['reader']],
  ])('as %s reaches %j', async (role, expected) => {
    expect(await reaches({ ...person(role), ...scope('admin') })).toEqual(expected);
  });

  test('reaches no further than the scope of the route', async () => {
    expect(await reaches({ ...person('Admin'), ...scope('respond') })).toEqual(['reader', 'responder']);
    expect(await reaches({ ...person('Admin'), ...scope('read') })).toEqual(['reader']);
  });

  test('reaches no further than the token', async () => {
    const weak = server.secret('responder');
    expect(await reaches({ ...person('Admin'), ...scope('admin') }, server, weak)).toEqual(['reader', 'responder']);
  });

  test('is named in what is recorded', async () => {
    const body = { kind: 'deploy', service: 'payment', to: '2.4.1' };
    const init = { method: 'POST', body: JSON.stringify(body) };
    const headers = { ...person('Editor'), ...scope('respond'), 'content-type': 'application/json' };
    const posted = await server.ask('/api/v1/changes', 'nobody', {
      ...init,
      headers: { authorization: `Bearer ${secret}`, ...headers },
    });
    expect(posted.status).toBe(201);
    expect(await posted.json()).toMatchObject({ source: 'ana' });
  });

  test('without a user name, such as a service account, is named by what it is; names are one line', async () => {
    const account = person('Viewer', { username: undefined, sub: 'service-account:7' });
    const named = async (headers: Headers) =>
      (await messageOf(await through({ ...headers, ...scope('admin') }, '/api/v1/tokens'))).message;
    expect(await named(account)).toBe('This needs the role admin; service-account:7 has the role reader here.');
    expect(await named(person('Viewer', { username: 'a\nb\u202e' }))).toContain('; a b  has the role');
  });
});

describe('a person that is not known only reads', () => {
  const cases: readonly (readonly [string, Headers])[] = [
    ['no id token', {}],
    [
      'no id token, forged headers',
      { 'x-grafana-context': '{"Login":"eve","OrgRole":"Admin"}', 'x-grafana-user': 'admin' },
    ],
    ['a made up id token', { 'x-grafana-id': 'forged' }],
    ['an id token that has expired', person('Admin', { exp: NOON / 1000 - 60 })],
    [
      'an id token of another Grafana',
      { 'x-grafana-id': signingGrafana(NOON / 1000).token({ claims: { role: 'Admin' } }) },
    ],
    ['an id token for another organisation', person('Admin', { aud: ['org:2'] })],
  ];
  test.each(cases)('%s', async (_name, headers) => {
    expect(await reaches({ ...headers, ...scope('admin') })).toEqual(['reader']);
    const { remedy } = await messageOf(await through({ ...headers, ...scope('admin') }, '/api/v1/tokens'));
    expect(remedy).toMatch(/id token/);
  });

  test('while the keys cannot be had, and where no Grafana is named', async () => {
    const away = await startApi({ options: { grafana: readable } });
    const unset = await startApi();
    for (const other of [away, unset]) {
      const headers = { ...person('Admin'), ...scope('admin') };
      expect(await reaches(headers, other, other.secret('admin'))).toEqual(['reader']);
      await other.stop();
    }
  });
});

describe('headers that were taken away', () => {
  test('without a scope nothing is answered', async () => {
    for (const headers of [{}, person('Admin')]) {
      const response = await through(headers);
      expect(response.status).toBe(403);
      expect((await messageOf(response)).message).toContain('X-Sentinel-Scope');
    }
    expect((await through(person('Admin'), '/api/v1/status', 'GET', server, server.secret('admin'))).status).toBe(403);
  });

  test('a token of its own is not the proxy', async () => {
    expect((await through({}, '/api/v1/tokens', 'GET', server, server.secret('admin'))).status).toBe(200);
  });
});

describe('with trust_proxy_identity', () => {
  const trusting = { ...readable, trustProxyIdentity: true };
  const context = (said: string) => ({ 'x-grafana-context': said, ...scope('admin') });

  test('the headers are believed where there is no id token, and only there', async () => {
    const trusted = await startApi({ options: { grafana: trusting }, fetch: grafana.fetch });
    const token = trusted.secret('admin');
    const admin = '{"Login":"bo","OrgRole":"Admin"}';
    expect(await reaches(context(admin), trusted, token)).toEqual(['reader', 'responder', 'admin']);
    expect(await reaches(context('{"Login":"bo","OrgRole":"Viewer"}'), trusted, token)).toEqual(['reader']);
    for (const said of ['', '{', '{"Login":7,"OrgRole":"Admin"}', '{"OrgRole":"Admin"}']) {
      expect(await reaches(context(said), trusted, token)).toEqual(['reader']);
    }
    const both = { ...context(admin), 'x-grafana-id': 'forged' };
    expect(await reaches(both, trusted, token)).toEqual(['reader']);
    expect(await reaches(context(admin), trusted, 'wrong')).toEqual([]);
    await trusted.stop();
  });
});

test('what became of identities is counted', async () => {
  await reaches({ ...person('Admin'), ...scope('admin') });
  await reaches(scope('admin'));
  const text = server.metrics.render();
  for (const outcome of ['verified', 'missing', 'expired', 'signature', 'organisation', 'malformed']) {
    expect(text).toMatch(new RegExp(`sentinel_api_identities_total\\{outcome="${outcome}"\\} [1-9]`));
  }
});
