import type { Logger } from '../../runtime/logger.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { Hindrance, Settled } from './deliver-record.ts';

/** Counters, and one log line for each change of Grafana's state rather than one a failure. */
export function createDeliveryReport({ logger, metrics }: { readonly logger: Logger; readonly metrics: SelfMetrics }) {
  const name = 'sentinel_grafana_annotations_total';
  const help = 'Annotations by what became of them.';
  const counted: Record<string, Counter> = {};
  for (const outcome of ['created', 'edited', 'removed', 'abandoned', 'overdue']) {
    counted[outcome] = metrics.counter({ name, help, labels: { outcome } });
  }
  const failed: Record<string, Counter> = {};
  for (const reason of ['unavailable', 'forbidden', 'misconfigured']) {
    failed[reason] = metrics.counter({
      name: 'sentinel_grafana_failures_total',
      help: 'Requests to Grafana that failed, by reason.',
      labels: { reason },
    });
  }
  let backlog = 0;
  let trouble = '';
  metrics.gauge({ name: 'sentinel_grafana_backlog', help: 'Annotations that wait for Grafana.' }, () => backlog);
  metrics.gauge({ name: 'sentinel_grafana_up', help: '1 while Grafana takes annotations.' }, () =>
    trouble === '' ? 1 : 0,
  );

  return {
    backlog(length: number): void {
      backlog = length;
    },
    hindered(failure: Hindrance, pauseMs: number): void {
      failed[failure.kind]?.add(1);
      if (trouble === failure.kind) return;
      trouble = failure.kind;
      const fields = { kind: failure.kind, reason: failure.reason, pauseMs };
      if (failure.kind === 'unavailable') logger.warn(fields, 'Grafana is away; annotations wait in the ledger');
      else logger.error(fields, 'Grafana takes no annotations; check publish.grafana and the rights of its token');
    },
    settled(delivered: Settled): void {
      counted[delivered.kind === 'written' ? delivered.how : delivered.kind]?.add(1);
      if (delivered.kind === 'abandoned') {
        logger.warn({ key: delivered.record.key, reason: delivered.reason }, 'an annotation was abandoned');
      }
      if (trouble === '') return;
      trouble = '';
      logger.info({}, 'Grafana takes annotations again');
    },
  };
}
