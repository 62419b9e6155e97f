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
  crossings: {
    name: 'sentinel_slo_crossings_total',
    help: 'Error budgets that began to burn, burned worse or stopped, by what they came to.',
  },
  corrections: { name: 'sentinel_slo_corrections', help: 'Corrections of error budgets that are in force.' },
} as const;

/** Of each error budget, with `sloth_id`, `sloth_service`, `sloth_slo` and the labels of its group. */
export const budgetMetrics = {
  left: {
    name: 'sentinel_slo_budget_left_ratio',
    help: 'What is left of an error budget: 1 at first, 0 when it is used up; NaN while nobody knows.',
  },
  objective: { name: 'sentinel_slo_objective_ratio', help: 'Share of events that must be good.' },
  rate: {
    name: 'sentinel_slo_burn_rate',
    help: 'How many times as fast as its objective allows an error budget burns, by window (sloth_window).',
  },
  burning: {
    name: 'sentinel_slo_burning',
    help: 'Whether a tier of burn rates (slo_tier) burns, with all its guards: 1 or 0; NaN while nobody knows.',
  },
  exhaustion: {
    name: 'sentinel_slo_exhaustion_timestamp_seconds',
    help: 'When an error budget ends if it goes on so; NaN where it does not within its window.',
  },
} as const;
