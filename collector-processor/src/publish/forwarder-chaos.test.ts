import { expect, test } from '@jest/globals';
import type { ExportOutcome } from '../model/export-request.ts';
import { type OtlpSink, startOtlpSink, topRecords } from '../testing/otlp-sink.ts';
import { createRandom } from '../testing/random.ts';
import { type SinkAnswer, stores } from '../testing/sink/sink-answer.ts';
import { logsBytes } from '../testing/telemetry-builder.ts';
import type { Forwarder } from './forwarder.ts';
import { exportRequest } from './testing/export-request.ts';
import { createForwarderUnderTest } from './testing/forwarder-under-test.ts';

const moods: readonly SinkAnswer[] = [
  { kind: 'ok' },
  { kind: 'ok' },
  { kind: 'slow', delayMs: 15 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, retryAfterS: 0 },
  { kind: 'status', status: 502 },
  { kind: 'reset' },
  { kind: 'reset', stored: true },
  { kind: 'hang' },
  { kind: 'hang', stored: true },
];
const REQUESTS = 200;
const SENDERS = 40;

/** Repeats as an OTLP client does; gives up only when it is told to. */
async function sendUntilSettled(forwarder: Forwarder, text: string): Promise<ExportOutcome> {
  const body = logsBytes([{ body: { stringValue: text } }]);
  for (;;) {
    const outcome = await forwarder.forward(
      exportRequest(body, { headers: { 'x-scope-orgid': text.slice(-1) } }),
      body,
    );
    if (outcome.kind !== 'retry') return outcome;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function storedTexts(sink: OtlpSink): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { payload, answer } of sink.requests) {
    if (!stores(answer)) continue;
    for (const record of topRecords(payload)) {
      const text = /id-\d+/.exec(Buffer.from(record).toString('latin1'))?.[0] ?? '';
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return counts;
}

test.each(['http', 'grpc'] as const)(
  'over %s, whatever two backends do, both have every accepted request in the end, and refused ones are the bad ones',
  async (wire) => {
    const sinks = await Promise.all([startOtlpSink(), startOtlpSink()]);
    const random = createRandom(20260101);
    for (const sink of sinks) {
      sink.answer(({ payload }) =>
        Buffer.from(payload).includes('bad') ? { kind: 'status', status: 400 } : random.pick(moods),
      );
    }
    const [one, two] = sinks.map((sink) => (wire === 'http' ? sink.httpUrl : sink.grpcUrl));
    const settings = { timeout: '40ms', max_in_flight: 3, breaker: { consecutive_failures: 8, open_for: '20ms' } };
    const type = wire === 'http' ? 'otlphttp' : 'otlp';
    const { forwarder, sample } = createForwarderUnderTest({
      [`${type}/one`]: { endpoint: one, ...settings },
      [`${type}/two`]: { endpoint: two, ...settings },
    });
    const texts = Array.from({ length: REQUESTS }, (_unused, id) => (id % 50 === 7 ? `bad id-${id}` : `id-${id}`));
    const outcomes = new Map<string, string>();
    const queue = [...texts];
    async function sender(): Promise<void> {
      for (let text = queue.shift(); text !== undefined; text = queue.shift()) {
        outcomes.set(text, (await sendUntilSettled(forwarder, text)).kind);
      }
    }
    await Promise.all(Array.from({ length: SENDERS }, sender));
    await forwarder.stop();

    for (const text of texts)
      expect([text, outcomes.get(text)]).toEqual([text, text.startsWith('bad') ? 'refused' : 'accepted']);
    const good = texts.filter((text) => !text.startsWith('bad')).sort();
    for (const sink of sinks) expect([...storedTexts(sink).keys()].sort()).toEqual(good);
    expect(sample('sentinel_forward_joined_requests_total')).toBeGreaterThan(0);
    expect(sample('sentinel_forward_repeats_skipped_total')).toBeGreaterThan(0);
    expect(sample(`sentinel_forward_queue_requests`)).toBe(0);
    await Promise.all(sinks.map((sink) => sink.close()));
  },
  60_000,
);
