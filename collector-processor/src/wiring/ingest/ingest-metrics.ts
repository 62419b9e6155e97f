/** Of ingest threads. */
export const ingestMetrics = {
  backlog: {
    name: 'sentinel_ingest_backlog_bytes',
    help: 'What ingest threads have read and is not scored yet, on its way between threads; with receivers.otlp.workers.',
  },
  backlogLimit: {
    name: 'sentinel_ingest_backlog_bytes_limit',
    help: 'Most of it; beyond that items are forwarded and not scored.',
  },
  down: { name: 'sentinel_ingest_threads_down', help: 'Ingest threads that do not listen now.' },
  replaced: { name: 'sentinel_ingest_threads_replaced_total', help: 'Ingest threads that died or fell silent.' },
  passedOver: {
    name: 'sentinel_ingest_passed_over_total',
    help: 'What ingest threads were about to tell and did not tell in time; what followed was judged before it.',
  },
};
