import { createHmac } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { readIdToken } from './id-token.ts';
import { signingGrafana } from './testing/signing-grafana.ts';

const now = 1_800_000_000;
const grafana = signingGrafana(now);
const rules = {
  keyOf: (kid: string) => Promise.resolve(kid === grafana.kid ? grafana.publicKey : undefined),
  nowMs: now * 1000,
  leewayMs: 30_000,
  orgIds: [1, 7],
};
const read = (token: string) => readIdToken(token, rules);
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a token that Grafana signed says who it is', async () => {
  expect(await read(grafana.token())).toMatchObject({ kind: 'verified', claims: { username: 'ana', role: 'Editor' } });
});

test('one changed letter in any part of it is noticed', async () => {
  const parts = grafana.token().split('.');
  for (const index of [0, 1, 2]) {
    const changed = parts.map((text, at) =>
      at === index ? `${text.slice(0, 9)}${text[9] === 'A' ? 'B' : 'A'}${text.slice(10)}` : text,
    );
    expect(await read(changed.join('.'))).toMatchObject({ kind: 'refused' });
  }
});

test('the role cannot be written over', async () => {
  const [head = '', , signature = ''] = grafana.token().split('.');
  const body = part({ sub: 'user:2', aud: ['org:1'], exp: now + 600, role: 'Admin' });
  expect(await read(`${head}.${body}.${signature}`)).toEqual({ kind: 'refused', fault: 'signature' });
});

test('a token cannot choose how it is checked', async () => {
  const body = grafana.token().split('.')[1] ?? '';
  const none = part({ alg: 'none', kid: grafana.kid });
  expect(await read(`${none}.${body}.`)).toEqual({ kind: 'refused', fault: 'malformed' });
  const shared = `${part({ alg: 'HS256', kid: grafana.kid })}.${body}`;
  const pem = grafana.publicKey.export({ type: 'spki', format: 'pem' });
  const mac = createHmac('sha256', pem).update(shared).digest('base64url');
  expect(await read(`${shared}.${mac}`)).toEqual({ kind: 'refused', fault: 'malformed' });
  expect(await read(grafana.token({ encoding: 'der' }))).toEqual({ kind: 'refused', fault: 'signature' });
});

test('another Grafana under the same key id is not believed', async () => {
  expect(await read(signingGrafana(now).token())).toEqual({ kind: 'refused', fault: 'signature' });
});

test.each(['', '.', '..', 'a.b.c', `${part({ alg: 'ES256' })}.${part({})}.x`, 'é.é.é', '{}.{}.{}', 'x'.repeat(10_000)])(
  '%j is no token',
  async (text) => {
    expect(await read(text)).toEqual({ kind: 'refused', fault: 'malformed' });
  },
);

test('a fourth part makes it none, and an unknown key is told apart', async () => {
  expect(await read(`${grafana.token()}.x`)).toEqual({ kind: 'refused', fault: 'malformed' });
  expect(await read(grafana.token({ header: { kid: 'other' } }))).toEqual({ kind: 'refused', fault: 'unknown_key' });
});

test('claims of another form are refused though they are signed', async () => {
  for (const claims of [{ exp: 'never' }, { sub: 7 }, { aud: undefined }, { role: ['Admin'] }]) {
    expect(await read(grafana.token({ claims }))).toEqual({ kind: 'refused', fault: 'malformed' });
  }
});

const times: readonly (readonly [string, object, string])[] = [
  ['expired within the leeway', { exp: now - 29 }, 'verified'],
  ['expired beyond it', { exp: now - 30 }, 'expired'],
  ['made ahead within the leeway', { iat: now + 30 }, 'verified'],
  ['made ahead beyond it', { iat: now + 31 }, 'early'],
  ['not valid yet', { nbf: now + 31 }, 'early'],
];
test.each(times)('%s', async (_name, claims, outcome) => {
  const read_ = await read(grafana.token({ claims: { ...claims } }));
  expect(read_.kind === 'refused' ? read_.fault : read_.kind).toBe(outcome);
});

test('only the organisations that are named', async () => {
  for (const aud of ['org:7', ['org:3', 'org:1']]) {
    expect(await read(grafana.token({ claims: { aud } }))).toMatchObject({ kind: 'verified' });
  }
  for (const aud of ['org:2', 'org:11', 'sentinel', []]) {
    expect(await read(grafana.token({ claims: { aud } }))).toEqual({ kind: 'refused', fault: 'organisation' });
  }
});
