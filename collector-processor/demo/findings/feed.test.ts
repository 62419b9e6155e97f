import { expect, test } from '@jest/globals';
import type { Anomaly } from '../../src/contract/anomaly.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { anomaly } from '../testing/anomaly.ts';
import { followFindings } from './feed.ts';
import type { SentinelApi } from './sentinel-api.ts';

const text = (event: string, data: object, id = ''): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const opened = (id: string): string => text('anomaly', { kind: 'opened', anomaly: anomaly({ id }) }, id);

interface Connection {
  readonly lastEventId: string;
}

/** An API whose event stream gives one text for each connection, and the list of anomalies on request. */
function fakeApi(streams: readonly string[], listed: readonly Anomaly[], end: () => void) {
  const connections: Connection[] = [];
  const api: SentinelApi = {
    ready: () => Promise.resolve(),
    firstTelemetry: () => Promise.resolve(),
    settled: () => Promise.resolve(),
    incidents: () => Promise.resolve([]),
    anomaliesSince: () => Promise.resolve({ items: listed, total: listed.length, totalIsExact: true }),
    events: (lastEventId) => {
      const stream = streams[connections.length];
      connections.push({ lastEventId });
      if (stream === undefined) end();
      return Promise.resolve(new Blob([stream ?? '']).stream());
    },
  };
  return { api, connections };
}

async function follow(streams: readonly string[], listed: readonly Anomaly[] = []) {
  const abort = new AbortController();
  const { api, connections } = fakeApi(streams, listed, () => abort.abort());
  const seen: string[] = [];
  await followFindings({
    api,
    clock: { ...systemClock, sleep: () => Promise.resolve() },
    abort: abort.signal,
    onAnomaly: ({ id }) => seen.push(id),
    onChange: ({ service, to }) => seen.push(`${service} ${to}`),
    onTrouble: (sentence) => seen.push(sentence),
  });
  return { seen, connections };
}

test('anomalies and changes are passed on in order', async () => {
  const change = {
    id: 'c',
    tenant: '',
    kind: 'deploy',
    service: 'payment',
    environment: 'demo',
    timeMs: 1,
    from: '1.4.0',
    to: '1.5.0',
    source: 'resource',
  };
  const stream = opened('a') + text('change', { change }) + opened('b');
  expect((await follow([stream])).seen).toEqual(['a', 'payment 1.5.0', 'b']);
});

test('a stream that ends is opened again where it ended', async () => {
  const { seen, connections } = await follow([opened('a'), opened('b')]);
  expect(seen).toEqual(['a', 'b']);
  expect(connections.map(({ lastEventId }) => lastEventId)).toEqual(['', 'a', 'b']);
});

test('when events were lost the list fills them in', async () => {
  const state = (complete: boolean): string => text('state', { nowMs: 1, complete });
  const listed = [anomaly({ id: 'missed' })];
  expect((await follow([state(true) + opened('a'), state(false)], listed)).seen).toEqual(['a', 'missed']);
});

test('what a newer Sentinel may add to an event is left out', async () => {
  const newer = { ...anomaly({ id: 'a' }), incident: 'i' };
  expect((await follow([text('anomaly', { kind: 'opened', anomaly: newer })])).seen).toEqual(['a']);
});

test('an event that does not fit the contract is told as trouble, not taken', async () => {
  const { seen } = await follow([text('anomaly', { kind: 'opened', anomaly: { id: 'half' } })]);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatch(/^The event stream broke: .*anomaly/);
});
