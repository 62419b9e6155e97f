/** Names by which tests find what has no role or label of its own. */
export const testIds = {
  configuration: { form: 'data-testid sentinel configuration form', report: 'data-testid sentinel connection report' },
  anomalies: { list: 'data-testid sentinel anomalies list' },
  incidents: { list: 'data-testid sentinel incidents list' },
  services: { list: 'data-testid sentinel services list' },
  slos: { list: 'data-testid sentinel slos list' },
  coverage: { list: 'data-testid sentinel coverage list' },
  timeline: { canvas: 'data-testid sentinel timeline canvas' },
} as const;
