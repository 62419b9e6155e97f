import type { Resource } from '../model/resource.ts';
import { ownInstanceId } from '../runtime/own-instance.ts';

/** What this process sent itself is never scored: a finding about a finding would feed itself. */
export function isOwn({ attributes }: Resource): boolean {
  return attributes.get('service.instance.id') === ownInstanceId;
}

/**
 * Scores and forecasts of other series, of this program or of vmanomaly. They carry the names of the services they are about and no
 * resource of their own, so that only the metric's name tells them; in tap mode they come back with everything else.
 */
export function isScoreMetric(name: string): boolean {
  return /^(?:anomaly_score|(?:yhat|days_left)(?:_\w+)?)$/.test(name);
}

export const ownWhy =
  'This Sentinel sent it itself. A finding about a finding would feed itself, so it is forwarded and not scored.';

export const scoreMetricWhy =
  'It is a score, or an expectation, of another series. Scoring it would go round in a circle, so it is forwarded and not scored.';
