import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import type { StepOrder } from '../catalogue/catalogue.ts';
import { aStep } from '../testing/a-plan.ts';
import { payment } from '../testing/asked.ts';
import { webhook } from './webhook.ts';

interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
}

type Answer = (response: ServerResponse, attempt: number) => void;

const open: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A receiver on the loopback, and what it has seen. */
async function receiver(answer: Answer = (response) => response.end('rolled back')) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ request, body });
      answer(response, seen.length);
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function anOrder(changed: Partial<StepOrder> = {}): StepOrder {
  const step = aStep({ parameters: { revision: 7, note: 'a "b"\n' }, target: { ...payment, name: 'pay/ment' } });
  return { key: 'r1/0', step, incidentId: '121', isInDoubt: false, stopped: new AbortController().signal, ...changed };
}

/** No longer than that for one who never answers. */
const SHORT_MS = 300;

function performing(settings: Parameters<typeof webhook.make>[0], timeoutMs = 60_000) {
  const env = { OLD: 'old key', NEW: 'new key', TOKEN: 'abc' };
  const parts = {
    fetch,
    env,
    nowMs: () => 1_700_000_000_999,
    timeoutMs,
    retries: 2,
    sleep: () => Promise.resolve(),
  };
  const made = webhook.make(settings, ['with'], parts);
  if (made.kind === 'faults') throw new Error(made.faults[0]?.message);
  return made.value;
}

test('what is to be done is told in the body, and the answer is what was done', async () => {
  const { seen, url } = await receiver();
  expect(await performing({ url: `${url}/do` })(anOrder())).toEqual({ kind: 'done', summary: '200: rolled back' });
  expect(seen[0]?.request.method).toBe('POST');
  expect(seen[0]?.request.headers['idempotency-key']).toBe('r1/0');
  expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ key: 'r1/0', incident: '121', action: 'roll-back' });
});

test('placeholders are filled in for the text around them', async () => {
  const { seen, url } = await receiver();
  const body = '{"to": {{parameters.revision}}, "note": "{{ parameters.note }}"}';
  await performing({ url: `${url}/{{target.name}}`, method: 'PUT', body })(anOrder());
  expect(seen[0]?.request.url).toBe('/pay%2Fment');
  expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ to: 7, note: 'a "b"\n' });
});

test('a body is signed with every key, and a token goes along', async () => {
  const { seen, url } = await receiver();
  await performing({ url, sign_with: ['OLD', 'NEW'], bearer_from: 'TOKEN' })(anOrder());
  const { request, body = '' } = seen[0] ?? {};
  const {
    'x-sentinel-timestamp': stamp,
    'x-sentinel-nonce': nonce,
    'x-sentinel-signature': signature,
  } = request?.headers ?? {};
  expect(stamp).toBe('1700000000');
  const sign = (key: string) => `v1=${createHmac('sha256', key).update([stamp, nonce, body].join('.')).digest('hex')}`;
  expect(signature).toBe(`${sign('old key')},${sign('new key')}`);
  expect(request?.headers.authorization).toBe('Bearer abc');
});

test('a refusal is final, and is not asked again', async () => {
  const { seen, url } = await receiver((response) => response.writeHead(409).end('no such revision'));
  expect(await performing({ url })(anOrder())).toEqual({ kind: 'failed', reason: '409: no such revision' });
  expect(seen).toHaveLength(1);
});

test('who is too busy is asked again', async () => {
  const { seen, url } = await receiver((response, attempt) => response.writeHead(attempt < 3 ? 503 : 200).end());
  expect(await performing({ url })(anOrder())).toEqual({ kind: 'done', summary: '200' });
  expect(seen.map(({ request }) => request.headers['idempotency-key'])).toEqual(['r1/0', 'r1/0', 'r1/0']);
});

test('of one who did not answer nobody knows, unless it knows keys', async () => {
  const silent = await receiver(() => undefined);
  expect(await performing({ url: silent.url }, SHORT_MS)(anOrder())).toMatchObject({ kind: 'unknown' });
  expect(silent.seen).toHaveLength(1);
  const late = await receiver((response, attempt) => (attempt < 2 ? undefined : response.end()));
  expect(await performing({ url: late.url, idempotent: true }, SHORT_MS)(anOrder())).toMatchObject({ kind: 'done' });
  const broken = await receiver((response) => response.destroy());
  expect(await performing({ url: broken.url })(anOrder())).toMatchObject({ kind: 'unknown' });
});

test('where nobody listens nothing was done', async () => {
  const { url } = await receiver();
  for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
  expect(await performing({ url })(anOrder())).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('ECONNREFUSED'),
  });
});

test('what had been begun before a crash is asked again only of one that knows keys', async () => {
  const { seen, url } = await receiver();
  expect(await performing({ url })(anOrder({ isInDoubt: true }))).toMatchObject({ kind: 'unknown' });
  expect(seen).toHaveLength(0);
  expect(await performing({ url, idempotent: true })(anOrder({ isInDoubt: true }))).toMatchObject({ kind: 'done' });
});

test('a redirect is no answer: it may lead anywhere', async () => {
  const { url } = await receiver((response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end());
  expect(await performing({ url })(anOrder())).toEqual({ kind: 'failed', reason: '302' });
});

test('a process that stops waits for nobody', async () => {
  const { url } = await receiver(() => undefined);
  const stopping = new AbortController();
  const result = performing({ url, idempotent: true })(anOrder({ stopped: stopping.signal }));
  stopping.abort();
  expect(await result).toMatchObject({ kind: 'unknown' });
});

test('a secret that is not there is a fault of the file', () => {
  const parts = { fetch, env: {}, nowMs: () => 0, timeoutMs: 1, retries: 0, sleep: () => Promise.resolve() };
  expect(webhook.make({ url: 'https://x', sign_with: ['NOT_SET'] }, ['with'], parts)).toMatchObject({
    kind: 'faults',
    faults: [{ message: 'The environment has no NOT_SET.' }],
  });
});
