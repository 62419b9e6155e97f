import { describe, expect, test } from '@jest/globals';
import { createMetricsStore, type MetricsStoreParts } from '../../../publish/history/metrics-store.ts';
import { readPoints } from '../testing/read-points.ts';
import { exportedRequests, type ExportQuery } from './victoria-metrics.ts';

const FROM = 1_772_539_200_000;

const stored = [
  { metric: { __name__: 'up', job: 'shop', host: 'b' }, values: [1, 0, null], timestamps: [0, 10_000, 20_000] },
  { metric: { __name__: 'requests_total', service_name: 'shop' }, values: [5, 9, 12], timestamps: [0, 10_000, 20_000] },
];

/** Answers as the store does: whole series in no particular order, cut to the range that is asked for. */
function storeAt(asked: string[], order: (a: object, b: object) => number): Fetch {
  return (address, { body, headers }) => {
    const asking = body as URLSearchParams;
    asked.push(`${address} ${asking.getAll('match[]').join(' ')} ${JSON.stringify(headers)}`);
    const start = Number(asking.get('start')) * 1000;
    const end = Number(asking.get('end')) * 1000;
    const lines = stored.toSorted(order).map(({ metric, values, timestamps }) => {
      const kept = [...timestamps.keys()].filter((at) => {
        const time = FROM + (timestamps[at] ?? 0);
        return time >= start && time <= end;
      });
      const cut = { values: kept.map((at) => values[at]), timestamps: kept.map((at) => FROM + (timestamps[at] ?? 0)) };
      return `${JSON.stringify({ metric, ...cut })}\n`;
    });
    return Promise.resolve(new Response(lines.join('')));
  };
}

type Fetch = MetricsStoreParts['fetch'];

async function read({ fetch = storeAt([], () => 0), ...changes }: Partial<ExportQuery> & { fetch?: Fetch }) {
  const options = { endpoint: 'http://vm:8428/x', headers: {}, timeout: 1000, maxBytes: 10_000 };
  const store = createMetricsStore({ options, tenantHeaders: (tenant) => ({ tenant }), fetch });
  const query = { store, tenant: 'acme', match: ['up', '{a="b"}'], fromMs: FROM, toMs: FROM + 30_000 };
  const points = await readPoints(exportedRequests({ ...query, sliceMs: 15_000, maxSamples: 100, ...changes }));
  return points.map(({ service, metric, timeMs, value, isCounter }) =>
    [timeMs - FROM, service, metric, isCounter ? 'counter' : 'gauge', value].join(' '),
  );
}

describe('a range of the store', () => {
  test('comes in the order of time, slice by slice, counters by their names', async () => {
    const asked: string[] = [];
    expect(await read({ fetch: storeAt(asked, () => 0) })).toEqual([
      '0 shop requests_total counter 5',
      '0 shop up gauge 1',
      '10000 shop requests_total counter 9',
      '10000 shop up gauge 0',
      '20000 shop requests_total counter 12',
    ]);
    const expected = 'http://vm:8428/x/api/v1/export up {a="b"} {"tenant":"acme"}';
    expect(asked).toEqual([expected, expected]);
  });

  test('is the same however the store orders its answer and wherever it is sliced', async () => {
    const turned = storeAt([], (a, b) => (JSON.stringify(a) < JSON.stringify(b) ? 1 : -1));
    expect(await read({ fetch: turned, sliceMs: 10_000 })).toEqual(await read({}));
  });
});

test.each([
  ['does not answer', { fetch: () => Promise.reject(new Error('refused')) }, 'it does not answer: refused'],
  [
    'refuses',
    { fetch: () => Promise.resolve(new Response('bad match', { status: 422 })) },
    'it answered 422: bad match',
  ],
  ['holds more than is allowed', { maxSamples: 2 }, 'it holds more than 2 samples in one slice. A shorter --slice'],
])('a store that %s ends the replay with the reason', async (_name, changes, reason) => {
  await expect(read(changes)).rejects.toMatchObject({
    code: 'SENTINEL_REPLAY_FAILED',
    message: expect.stringContaining(reason),
  });
});
