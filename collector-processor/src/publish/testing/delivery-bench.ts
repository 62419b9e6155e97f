import type { ExportOutcome } from '../../model/export-request.ts';
import { silentLogger } from '../../runtime/logger.ts';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { forwardOptions } from '../../testing/forward-options.ts';
import { logsBytes } from '../../testing/telemetry-builder.ts';
import { BackendBooks } from '../delivery/backend-books.ts';
import { Breaker } from '../delivery/breaker.ts';
import { DeliveryQueue } from '../delivery/delivery-queue.ts';
import type { Shipment } from '../delivery/shipment.ts';
import type { BackendOptions } from '../forward-options.ts';
import { createManualClock } from '../grafana/testing/manual-clock.ts';
import { createScriptedTransport } from './scripted-transport.ts';

export const record = (text: string) => logsBytes([{ body: { stringValue: text } }]);

interface Sent {
  /** Undefined as long as the shipment is not settled. */
  outcome: ExportOutcome | undefined;
}

/** A delivery queue on a scripted transport and a manual clock; `settings` as in the file. The jitter is always half its limit. */
export function createDeliveryBench(settings: Readonly<Record<string, unknown>> = {}) {
  const options: BackendOptions | undefined = forwardOptions({
    backends: { otlphttp: { endpoint: 'http://unused', max_in_flight: 1, ...settings } },
  }).backends.otlphttp;
  if (options === undefined) throw new TypeError('no options');
  const clock = createManualClock(1_000_000);
  const metrics = createSelfMetrics();
  const transport = createScriptedTransport();
  const books = new BackendBooks({ stage: 'forward', name: 'otlphttp', clock, logger: silentLogger, metrics });
  const breaker = new Breaker(options.breaker, (state) => books.breakerChanged(state));
  const isEmptyRefusal = (status: number) => status === 422;
  const queue = new DeliveryQueue({
    options: { ...options, replayShare: 0.25 },
    transport,
    breaker,
    books,
    clock,
    random: () => 0.5,
    isEmptyRefusal,
  });

  function ship(text: string, changes: Partial<Shipment> = {}): Sent {
    const sent: Sent = { outcome: undefined };
    const protobuf = record(text);
    queue.ship({
      signal: 'logs',
      encoding: 'protobuf',
      compression: 'identity',
      body: protobuf,
      protobuf,
      headers: {},
      arrivedMs: clock.monotonicMs(),
      abandoned: undefined,
      keep: undefined,
      replay: false,
      failedAttempts: 0,
      failedAlone: 0,
      settle: (outcome) => {
        sent.outcome = outcome;
      },
      ...changes,
    });
    return sent;
  }

  const count = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    metrics.counter({ name, help: '', labels: { backend: 'otlphttp', ...labels } }).value;

  return { queue, transport, breaker, clock, ship, count };
}
