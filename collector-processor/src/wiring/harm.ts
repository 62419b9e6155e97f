import { FailedVisitors } from '../correlate/impact/failed-visitors.ts';
import type { HarmView } from '../correlate/impact/impact-watch.ts';
import type { TelemetryColumns } from '../model/columns.ts';
import type { SelfMetrics } from '../runtime/self-metrics.ts';
import type { SloStage } from '../slo/slo-stage.ts';

/** What incidents are told of the harm that they do, and who sees what passes by for it. */
export function createHarm(metrics: SelfMetrics, slo: () => Pick<SloStage, 'observe' | 'spent'>) {
  const visitors = new FailedVisitors(metrics);
  const view: HarmView = {
    budgetsSpent: (services, range) => slo().spent(services, range),
    failedVisitors: (places, fromMs) => visitors.countOf(places, fromMs),
  };
  return {
    view,
    observe(columns: TelemetryColumns, tenant: string): void {
      slo().observe(columns);
      visitors.observe(columns, tenant);
    },
  };
}
