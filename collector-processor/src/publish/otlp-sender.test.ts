import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../runtime/clock.ts';
import { silentLogger } from '../runtime/logger.ts';
import { createSelfMetrics, type SelfMetrics } from '../runtime/self-metrics.ts';
import { forwardOptions } from '../testing/forward-options.ts';
import { type OtlpSink, startOtlpSink } from '../testing/otlp-sink.ts';
import { logsBytes } from '../testing/telemetry-builder.ts';
import { createOtlpSender, type OtlpSender, type OtlpSenderOptions } from './otlp-sender.ts';

const payload = logsBytes([{ body: { stringValue: 'finding' } }]);
const retry = { initial_interval: '5ms', max_interval: '10ms', max_elapsed: '20ms' };

let sink: OtlpSink;
let sender: OtlpSender;
let metrics: SelfMetrics;

function build(backends: Readonly<Record<string, unknown>>, changes: Partial<OtlpSenderOptions> = {}): OtlpSender {
  metrics = createSelfMetrics();
  const limits = { maxQueuedSize: 1_000_000, giveUpAfter: 60_000, drainTimeout: 2000 };
  const options = { ...limits, backends: forwardOptions({ backends }).backends, ...changes };
  sender = createOtlpSender({ options, clock: systemClock, logger: silentLogger, metrics, random: () => 0 });
  return sender;
}

function dropped(reason: string): number {
  const found = metrics
    .samples()
    .filter(({ name, labels }) => name.endsWith('_dropped_total') && labels.reason === reason);
  return found.reduce((sum, { value }) => sum + value, 0);
}

beforeEach(async () => {
  sink = await startOtlpSink();
});

afterEach(async () => {
  await sender.stop();
  await sink.close();
});

describe('createOtlpSender', () => {
  test('sends to every backend that takes the signal, with the tenant’s headers', async () => {
    build({
      otlphttp: { endpoint: sink.httpUrl },
      otlp: { endpoint: sink.grpcUrl },
      tempo: { endpoint: sink.httpUrl },
    });
    expect(sender.send('logs', payload, { 'x-scope-orgid': 'team' })).toBe(true);
    await sink.arrived(2);
    expect(sink.requests.map(({ wire }) => wire).sort()).toEqual(['grpc', 'http']);
    for (const { headers } of sink.requests) expect(headers).toMatchObject({ 'x-scope-orgid': 'team' });
  });

  test('without a backend for the signal there is nothing to drop', () => {
    build({ tempo: { endpoint: sink.httpUrl } });
    expect([sender.takes('traces'), sender.takes('logs')]).toEqual([true, false]);
    expect(sender.send('logs', payload, {})).toBe(true);
  });

  test('goes on after the forwarder would have given up', async () => {
    build({ otlphttp: { endpoint: sink.httpUrl, retry, breaker: { consecutive_failures: 1, open_for: '5ms' } } });
    sink.answerNext(...Array.from({ length: 2 }, () => ({ kind: 'status', status: 503 }) as const));
    sender.send('logs', payload, {});
    await sink.arrived(3);
    expect(sink.tally.requests).toBe(1);
  });

  test('a full queue drops what is new, counts it and says so', () => {
    build({ otlphttp: { endpoint: sink.httpUrl } }, { maxQueuedSize: 2500 });
    sink.answer({ kind: 'hang' });
    expect([1, 2, 3].map(() => sender.send('logs', payload, {}))).toEqual([true, true, false]);
    expect(dropped('queue_full')).toBe(1);
  });

  test('a refused message, and one that grew too old, are dropped and counted', async () => {
    build({ otlphttp: { endpoint: sink.httpUrl, retry } }, { giveUpAfter: 30 });
    sink.answerNext({ kind: 'status', status: 400 });
    sender.send('logs', payload, {});
    await sink.arrived(1);
    sink.answer({ kind: 'status', status: 503 });
    sender.send('logs', payload, {});
    await sender.stop();
    expect([dropped('refused'), dropped('too_old')]).toEqual([1, 1]);
  });

  test('a stop waits for what is under way, and counts what it has to leave', async () => {
    build({ otlphttp: { endpoint: sink.httpUrl } }, { drainTimeout: 50 });
    sink.answerNext({ kind: 'slow', delayMs: 10 });
    sink.answer({ kind: 'hang' });
    sender.send('logs', payload, {});
    sender.send('logs', payload, {});
    await sink.arrived(2);
    await sender.stop();
    expect(sink.tally.requests).toBe(1);
    expect(dropped('stopped')).toBe(1);
    expect(sender.send('logs', payload, {})).toBe(false);
  });
});
