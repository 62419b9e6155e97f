import { expect, test } from '@jest/globals';
import { systemClock } from '../../runtime/clock.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { grafanaOptions } from '../testing/api-server.ts';
import { createSigningKeys, type Fetch } from './signing-keys.ts';
import { signingGrafana } from './testing/signing-grafana.ts';

const grafana = signingGrafana(0, 'first');

function keysFrom(fetch: Fetch) {
  let nowMs = 0;
  const metrics = createSelfMetrics();
  const clock = { ...systemClock, monotonicMs: () => nowMs };
  const options = { ...grafanaOptions, url: 'http://grafana/sub/' };
  const keyOf = createSigningKeys({ options, fetch, clock, logger: silentLogger, metrics });
  return { keyOf, metrics, later: (ms: number) => void (nowMs += ms) };
}

test('keys are read once, from below the path of Grafana', async () => {
  const { keyOf } = keysFrom(grafana.fetch);
  const [first, second] = await Promise.all([keyOf('first'), keyOf('first')]);
  expect(first?.asymmetricKeyType).toBe('ec');
  expect(second).toBe(first);
  expect(await keyOf('first')).toBe(first);
  expect(grafana.asked).toEqual(['http://grafana/sub/api/signing-keys/keys']);
});

test('an unknown key makes them be read again, but not as often as somebody likes', async () => {
  let answered = [grafana.jwk];
  let reads = 0;
  const { keyOf, later, metrics } = keysFrom(() => {
    reads++;
    return Promise.resolve(Response.json({ keys: answered }));
  });
  await keyOf('first');
  for (let number = 0; number < 100; number++) expect(await keyOf(`made up ${String(number)}`)).toBeUndefined();
  expect(reads).toBe(1);
  const next = signingGrafana(0, 'second');
  answered = [next.jwk, grafana.jwk];
  later(grafanaOptions.keyRetry);
  expect(await keyOf('second')).toBeDefined();
  expect(await keyOf('first')).toBeDefined();
  expect(reads).toBe(2);
  expect(metrics.render()).toContain('sentinel_api_signing_key_reads_total{outcome="read"} 2');
});

test('old keys are read anew without anybody waiting for it', async () => {
  let reads = 0;
  const { keyOf, later } = keysFrom(() => {
    reads++;
    return reads === 1 ? Promise.resolve(Response.json({ keys: [grafana.jwk] })) : new Promise(() => undefined);
  });
  const key = await keyOf('first');
  later(grafanaOptions.keyMaxAge);
  expect(await keyOf('first')).toBe(key);
  expect(reads).toBe(2);
});

const failures: readonly (readonly [string, () => Promise<Response>])[] = [
  ['nobody there', () => Promise.reject(new Error('ECONNREFUSED'))],
  ['an error', () => Promise.resolve(new Response('no', { status: 500 }))],
  ['a page', () => Promise.resolve(new Response('<h1>hello</h1>'))],
  ['another document', () => Promise.resolve(Response.json({ keys: 'none' }))],
  ['more than it may be', () => Promise.resolve(new Response(`{"keys":[${' '.repeat(70_000)}]}`))],
  ['a key that is none', () => Promise.resolve(Response.json({ keys: [{ ...grafana.jwk, x: 'AA' }] }))],
];
test.each(failures)('%s: no key is known, and those known before stay good', async (_name, fail) => {
  let works = false;
  const { keyOf, later, metrics } = keysFrom(() => (works ? grafana.fetch('', {}) : fail()));
  expect(await keyOf('first')).toBeUndefined();
  works = true;
  expect(await keyOf('first')).toBeUndefined();
  later(grafanaOptions.keyRetry);
  expect(await keyOf('first')).toBeDefined();
  works = false;
  later(grafanaOptions.keyMaxAge);
  expect(await keyOf('first')).toBeDefined();
  expect(metrics.render()).toContain('sentinel_api_signing_key_reads_total{outcome="failed"}');
});

test('keys for other uses are passed over, and there is an end to how many are kept', async () => {
  const many = Array.from({ length: 20 }, (_unused, number) => ({ ...grafana.jwk, kid: `key ${String(number)}` }));
  const { keyOf } = keysFrom(() => Promise.resolve(Response.json({ keys: [{ kty: 'RSA', kid: 'rsa' }, 7, ...many] })));
  expect(await keyOf('key 15')).toBeDefined();
  expect(await keyOf('key 16')).toBeUndefined();
  expect(await keyOf('rsa')).toBeUndefined();
});
