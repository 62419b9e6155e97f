import { type CapacityRule, shippedRule } from './capacity-rules.ts';
import type { NamedCapacity } from './forecast-options.ts';

/** A rule with the capacity that the settings name; NaN where telemetry says it. */
export interface KnownRule extends CapacityRule {
  readonly capacity: number;
}

/** What a metric says of a resource: the settings come before the conventions. */
export function capacityCatalogue(named: readonly NamedCapacity[]): (metric: string) => KnownRule | undefined {
  const rules = new Map<string, KnownRule>();
  for (const { metric, kind, capacity, capacityMetric, countsDown, attributes: where } of named) {
    const common = { family: metric, kind, where };
    rules.set(metric, { ...common, role: countsDown ? 'left' : 'used', capacity: capacity > 0 ? capacity : NaN });
    if (capacityMetric !== '') rules.set(capacityMetric, { ...common, role: 'limit', capacity: NaN });
  }
  return (metric) => {
    const own = rules.get(metric);
    if (own !== undefined) return own;
    const shipped = shippedRule(metric);
    return shipped === undefined ? undefined : { ...shipped, capacity: NaN };
  };
}
