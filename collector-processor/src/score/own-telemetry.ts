import { OWN_SERVICE_NAME } from '../runtime/own-telemetry.ts';

/** Metrics that Sentinel publishes about other services, so they carry their names and not its own. */
const scoreMetrics: ReadonlySet<string> = new Set(['anomaly_score', 'yhat', 'yhat_lower', 'yhat_upper']);

/** Telemetry of Sentinel itself is never scored: a finding about a finding would feed itself. */
export function isOwnService(service: string): boolean {
  return service === OWN_SERVICE_NAME;
}

export function isOwnMetric(name: string): boolean {
  return scoreMetrics.has(name);
}
