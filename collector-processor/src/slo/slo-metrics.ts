/** Of objectives on requests; generated rules read the first two. */
export const sloMetrics = {
  events: { name: 'sentinel_slo_events_total', help: 'Events of an objective.' },
  bad: { name: 'sentinel_slo_bad_events_total', help: 'Bad events of an objective.' },
  misplaced: {
    name: 'sentinel_slo_misplaced_events_total',
    help: 'Events that were too old or too far ahead to count for an error budget.',
  },
  faults: {
    name: 'sentinel_slo_store_faults_total',
    help: 'Times that counts of error budgets could not be read or stored.',
  },
  budgets: { name: 'sentinel_slo_budgets', help: 'Error budgets that are kept.' },
} as const;
