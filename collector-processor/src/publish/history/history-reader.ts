import type { HistoryOutcome, ReadHistory } from '../../model/history.ts';
import { messageOf } from '../../runtime/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { metricsQuery } from './metrics-query.ts';
import { createMetricsStore, type MetricsStoreParts } from './metrics-store.ts';

export interface HistoryReaderParts extends Omit<MetricsStoreParts, 'bytes'> {
  readonly metrics: SelfMetrics;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

const none: HistoryOutcome = { kind: 'none' };

/** Reads the past of single series from VictoriaMetrics. Expected outcomes are values; nothing is thrown. */
export function createHistoryReader({ metrics, logger, ...parts }: HistoryReaderParts): ReadHistory {
  const count = (outcome: HistoryOutcome['kind']) =>
    metrics.counter({
      name: 'sentinel_history_reads_total',
      help: 'Queries for the past of a series, by outcome.',
      labels: { outcome },
    });
  const counts = { values: count('values'), none: count('none'), failed: count('failed') };
  const bytes = metrics.counter({ name: 'sentinel_history_bytes_total', help: 'Bytes of their answers.' });
  const store = createMetricsStore({ ...parts, bytes });

  /** Once for each reason, and when it answers again: it is asked for thousands of series. */
  let trouble = '';
  function tell(outcome: HistoryOutcome): void {
    const reason = outcome.kind === 'failed' ? outcome.reason : '';
    if (reason === trouble) return;
    const { endpoint } = parts.options;
    if (reason !== '') logger.warn({ endpoint, reason }, 'The history of series cannot be read; it is tried again.');
    else logger.info({ endpoint }, 'The history of series can be read again.');
    trouble = reason;
  }

  return async (request, signal) => {
    const { series, fromMs, toMs, stepMs } = request;
    const query = metricsQuery(request);
    let outcome = none;
    try {
      if (query !== undefined) {
        const steps = await store.steps(query, { fromMs, toMs, stepMs }, { tenant: series.tenant, signal });
        const [timeMs, value] = [
          Float64Array.from(steps, (one) => one.timeMs),
          Float64Array.from(steps, (one) => one.value),
        ];
        outcome = steps.length === 0 ? none : { kind: 'values', timeMs, value };
      }
    } catch (error) {
      outcome = { kind: 'failed', reason: messageOf(error) };
    }
    counts[outcome.kind].add(1);
    if (!signal.aborted) tell(outcome);
    return outcome;
  };
}
