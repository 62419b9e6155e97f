import type { Counter, SelfMetrics } from '../runtime/self-metrics.ts';

/** Steps in which a finding was due and not opened. */
export function suppressedFindings(metrics: SelfMetrics): Record<'limit' | 'sibling' | 'newNormal', Counter> {
  const help = 'Steps in which a finding was due and not opened, by reason.';
  const suppressed = (reason: string) =>
    metrics.counter({ name: 'sentinel_findings_suppressed_total', help, labels: { reason } });
  return { limit: suppressed('limit'), sibling: suppressed('sibling'), newNormal: suppressed('new_normal') };
}
