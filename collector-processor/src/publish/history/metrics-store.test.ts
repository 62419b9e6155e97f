import { expect, test } from '@jest/globals';
import { createMetricsStore, type MetricsStoreParts } from './metrics-store.ts';

const range = { fromMs: 1_000, toMs: 3_500 };
const noHeaders = () => ({});

function storeWith(fetch: MetricsStoreParts['fetch'], changes: { maxBytes?: number; timeout?: number } = {}) {
  const options = { endpoint: 'http://vm', headers: {}, timeout: 10_000, maxBytes: 10_000, ...changes };
  return createMetricsStore({ options, tenantHeaders: noHeaders, fetch });
}

/** What is left of an export that comes in chunks of this size. */
async function exported(text: string, chunk = 1_000, maxBytes = 10_000) {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_unused, at) =>
    bytes.subarray(at * chunk, (at + 1) * chunk),
  );
  const store = storeWith(() => Promise.resolve(new Response(ReadableStream.from(chunks))), { maxBytes });
  const all = [];
  for await (const one of store.exported(['up'], range, { tenant: '' })) all.push(one);
  return all;
}

const line = (host: string, values: unknown[]) =>
  JSON.stringify({ metric: { __name__: 'up', host }, values, timestamps: values.map((_unused, at) => at * 1_000) });

test.each([1, 7, 1_000])('an export is the same however it comes (chunks of %i bytes)', async (chunk) => {
  expect(await exported(`${line('a', [1, null, 'NaN', 'Infinity', 4])}\n\n${line('ü', [2])}`, chunk)).toEqual([
    {
      labels: { __name__: 'up', host: 'a' },
      samples: [
        { timeMs: 0, value: 1 },
        { timeMs: 4_000, value: 4 },
      ],
    },
    { labels: { __name__: 'up', host: 'ü' }, samples: [{ timeMs: 0, value: 2 }] },
  ]);
});

test('an export that is too long, or none, ends with the reason', async () => {
  await expect(exported(line('a', [1, 2, 3]), 10, 40)).rejects.toThrow('the answer is longer than 40 bytes');
  await expect(exported('{"metric":5,"values":[],"timestamps":[]}')).rejects.toThrow('something that is no export');
  await expect(exported('<html>')).rejects.toThrow(/JSON/);
});

test('selectors and range are asked for in the body, so that no address is too long', async () => {
  const asked: string[] = [];
  const store = storeWith((url, { body }) => {
    asked.push(`${url} ${(body as URLSearchParams).toString()}`);
    return Promise.resolve(new Response(''));
  });
  for await (const one of store.exported(['up', 'down'], range, { tenant: '' })) expect(one).toBeUndefined();
  expect(asked).toEqual(['http://vm/api/v1/export start=1&end=3.5&match%5B%5D=up&match%5B%5D=down']);
});

test('what lies behind a failed request is told', async () => {
  const cause = new Error('connect ECONNREFUSED 127.0.0.1:1');
  const store = storeWith(() => Promise.reject(new TypeError('fetch failed', { cause })));
  const steps = store.steps('up', { ...range, stepMs: 500 }, { tenant: '' });
  await expect(steps).rejects.toThrow('it does not answer: connect ECONNREFUSED 127.0.0.1:1');
});

test('a store that is too slow is not waited for, nor one that nobody waits for any more', async () => {
  const never: MetricsStoreParts['fetch'] = (_url, { signal }) =>
    new Promise((_resolve, reject) => {
      const fail = () => reject(signal?.reason as Error);
      if (signal?.aborted === true) fail();
      else signal?.addEventListener('abort', fail);
    });
  const ask = (timeout: number, signal?: AbortSignal) =>
    storeWith(never, { timeout }).steps('up', { ...range, stepMs: 500 }, { tenant: '', ...(signal && { signal }) });
  await expect(ask(1)).rejects.toThrow(/does not answer: .*timeout/);
  await expect(ask(60_000, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});
