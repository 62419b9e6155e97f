import type { AnnotationLedger, AnnotationRecord } from '../../model/annotation-ledger.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { GrafanaAnnotatorOptions } from './annotator-options.ts';
import { deliverRecord, type Hindrance, type Settled } from './deliver-record.ts';
import { createDeliveryReport } from './delivery-report.ts';
import type { GrafanaClient } from './grafana-client.ts';
import type { FreshKeys } from './ledger-writer.ts';
import { isSummaryKey } from './summary.ts';

/** Records of one run; events that arrive meanwhile wait for its end. */
const RUN_LENGTH = 50;

interface DeliveryParts {
  readonly options: Pick<GrafanaAnnotatorOptions, 'maxBacklog' | 'retryInitial' | 'retryMax' | 'retryRefused'>;
  readonly client: GrafanaClient;
  readonly ledger: AnnotationLedger;
  readonly fresh: FreshKeys;
  readonly shownEndMs: (key: string) => number | undefined;
  /** Told of records that are too old to be drawn by themselves. */
  readonly summarise: (record: AnnotationRecord) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  readonly metrics: SelfMetrics;
}

export interface Delivery {
  /** Brings waiting records to Grafana, oldest first. Returns the monotonic time at which to call again. */
  run(): Promise<number>;
  /** Nothing is sent before a first pause: a request of a killed predecessor may still be under way. */
  holdOff(): void;
}

/** Sends one record after the other; a failure that is not the record's stops all until a pause with jitter is over. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { options, client, ledger, fresh, clock } = parts;
  const report = createDeliveryReport(parts);
  let notBeforeMs = -Infinity;
  let failures = 0;

  function pause(failure: Hindrance): void {
    const jitter = 1 + parts.random() / 2;
    const growing = Math.min(options.retryMax, options.retryInitial * 2 ** Math.min(failures, 20));
    const asked = failure.kind === 'unavailable' ? Math.min(failure.retryAfterMs ?? 0, options.retryRefused) : 0;
    const base = failure.kind === 'unavailable' ? Math.max(growing, asked) : options.retryRefused;
    failures += 1;
    notBeforeMs = clock.monotonicMs() + base * jitter;
    report.hindered(failure, base);
  }

  async function settle(delivered: Settled): Promise<void> {
    const record = { ...delivered.record, updatedAtMs: clock.nowMs() };
    await ledger.put(record);
    if (delivered.kind === 'overdue') parts.summarise(record);
    report.settled(delivered);
    failures = 0;
  }

  return {
    async run() {
      if (clock.monotonicMs() < notBeforeMs) return notBeforeMs;
      const waiting = inOrder(await ledger.pending(options.maxBacklog + RUN_LENGTH));
      let left = waiting.length;
      report.backlog(left);
      const single = waiting.filter((record) => !isSummaryKey(record.key));
      const excess = single.length - options.maxBacklog;
      const records = excess > 0 ? single.slice(0, excess) : waiting.slice(0, RUN_LENGTH);
      for (const record of records) {
        const delivered = await deliverRecord(client, record, {
          fresh: fresh.take(record.key),
          overdue: excess > 0,
          shownEndMs: parts.shownEndMs(record.key),
        });
        if (delivered.kind === 'hindered') {
          pause(delivered.failure);
          return notBeforeMs;
        }
        await settle(delivered);
        if (!delivered.record.dirty) left -= 1;
        report.backlog(left);
      }
      return left > 0 ? clock.monotonicMs() : Infinity;
    },
    holdOff() {
      notBeforeMs = clock.monotonicMs() + options.retryInitial;
    },
  };
}

function inOrder(records: readonly AnnotationRecord[]): AnnotationRecord[] {
  return [...records].sort((a, b) => a.startMs - b.startMs);
}
