import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Anomaly } from '../model/anomaly.ts';
import type { Signal } from '../model/signal.ts';
import { recorded } from './replay/testing/recorded.ts';
import { runReplayCommand } from './replay/testing/replay-command-run.ts';
import { queueLastsMs, storedQueue } from './replay/testing/stored-queue.ts';

const FROM_MS = Date.UTC(2026, 2, 3, 12);
const samples = storedQueue(FROM_MS);

/** As VictoriaMetrics: of the range that is asked for, series in another order each time. */
function answer(asking: URLSearchParams): string {
  const [start = 0, end = 0] = ['start', 'end'].map((name) => 1000 * Number(asking.get(name)));
  const within = samples.filter(({ timeMs }) => timeMs >= start && timeMs <= end);
  const rows = ['a', 'b'].map((host) => ({
    metric: { __name__: 'queue', service_name: 'checkout', host },
    values: within.map(({ value }) => value),
    timestamps: within.map(({ timeMs }) => timeMs),
  }));
  const lines = rows.filter(({ values }) => values.length > 0).map((row) => `${JSON.stringify(row)}\n`);
  asked++;
  return (asked % 2 === 0 ? lines : lines.toReversed()).join('');
}

const store: Server = createServer((request, response) => {
  void text(request).then((body) => response.end(answer(new URLSearchParams(body))));
});
let asked = 0;
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(store.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => store.close(resolve)));

function otlpFiles(): Record<string, string> {
  const linesOf = (signal: Signal): string =>
    recorded()
      .filter((request) => request.signal === signal)
      .map(({ json }) => `${json}\n`)
      .join('');
  return { 'metrics.json': linesOf('metrics'), 'traces.json': linesOf('traces'), 'logs.json': linesOf('logs') };
}

const csv = `timestamp,value\n${samples.map(({ timeMs, value }) => `${timeMs},${value}\n`).join('')}`;
const time = (ms: number): string => new Date(ms).toISOString();
const range = (): string[] => ['--from', time(FROM_MS), '--to', time(FROM_MS + queueLastsMs), '--slice', '4m'];

test.each([
  ['OTLP files', () => runReplayCommand([], otlpFiles())],
  ['CSV', () => runReplayCommand([], { 'queue.csv': csv })],
  [
    'a range of VictoriaMetrics',
    () => runReplayCommand(['--victoriametrics', url, '--match', '{service_name="checkout"}', ...range()]),
  ],
])('%s give the same bytes twice, with a shadow beside the live configuration', async (_source, replay) => {
  const first = await replay();
  const again = await replay();
  const findings = first.out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Anomaly]));
  expect(findings.map(({ series, direction }) => `${series.metric} ${direction}`)).toContain('queue up');
  expect(again.out).toBe(first.out);
  expect(first.shadow).toMatch(
    /the shadow\nwould have raised [1-9]\d* findings \(\d+ pages\), \d+ of them beside live/,
  );
  expect(first.shadow).not.toContain('incidents');
  expect(again.shadow).toBe(first.shadow);
});
