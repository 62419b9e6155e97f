import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import { periodOf } from '../rules/budget-rules.ts';
import { tiersOf } from '../rules/tiers.ts';
import { budgetMetrics } from '../slo-metrics.ts';
import type { BudgetState } from './budget-state.ts';
import type { Budget } from './budget.ts';

/** What `/metrics` tells of a budget: NaN while nobody knows, never a figure of before. */
export function gaugesOf(budget: Budget, metrics: SelfMetrics, state: () => BudgetState | undefined): void {
  const { labels, objective } = budget;
  const known = (): BudgetState | undefined => {
    const now = state();
    return now?.status === 'no_data' || now?.status === 'implausible' ? undefined : now;
  };
  metrics.gauge({ ...budgetMetrics.left, labels }, () => known()?.left ?? NaN);
  metrics.gauge({ ...budgetMetrics.objective, labels }, () => objective.target);
  metrics.gauge({ ...budgetMetrics.exhaustion, labels }, () => (known()?.exhaustion?.atMs ?? NaN) / 1000);
  for (const { name, kind, short, long } of tiersOf(periodOf(objective.window).seconds)) {
    const tier = () => known()?.tiers.find((one) => one.tier.name === name);
    const ofTier = { ...labels, slo_tier: name, sloth_severity: kind };
    metrics.gauge({ ...budgetMetrics.burning, labels: ofTier }, () => {
      const now = tier();
      return now === undefined ? NaN : Number(now.state === 'burning');
    });
    const rate = (window: string) => ({ ...budgetMetrics.rate, labels: { ...labels, sloth_window: window } });
    metrics.gauge(rate(short.text), () => tier()?.shortRate ?? NaN);
    metrics.gauge(rate(long.text), () => tier()?.longRate ?? NaN);
  }
}
