import type { Insertable } from 'kysely';
import { Compile } from 'typebox/compile';
import { Clean } from 'typebox/value';
import { Anomaly as AnomalyBody } from '../contract/anomaly.ts';
import type { Anomaly } from '../model/anomaly.ts';
import type { AnomalyTable } from './schema.ts';

export type AnomalyRow = Insertable<AnomalyTable>;

const bodySchema = Compile(AnomalyBody);

export function anomalyRow(anomaly: Anomaly): AnomalyRow {
  const { series } = anomaly;
  // The score is sorted by and must be a number; an endless surprise is the greatest one.
  const peakScore = Number.isFinite(anomaly.peakScore) ? anomaly.peakScore : Number.MAX_VALUE;
  const told = [anomaly.sentence, series.service, series.metric, series.operation, series.peer, series.template];
  return {
    id: anomaly.id,
    tenant: series.tenant,
    service: series.service,
    signal: series.signal,
    series_id: series.id,
    state: anomaly.state,
    border: anomaly.border,
    start_ms: Math.round(anomaly.startMs),
    end_ms: Math.round(anomaly.endMs),
    peak_score: peakScore,
    search: told
      .filter((part) => part !== undefined)
      .join('\n')
      .toLowerCase(),
    // JSON has no NaN and no infinity: they become null, as the API shows them.
    body: JSON.stringify({ ...anomaly, peakScore }),
  };
}

/** Undefined when the body is none that this release can read. */
export function readAnomaly(body: string): Anomaly | undefined {
  const parsed = fitting(JSON.parse(body));
  if (parsed === undefined) return undefined;
  return {
    ...parsed,
    observed: parsed.observed ?? Number.NaN,
    expected: parsed.expected ?? Number.NaN,
    lower: parsed.lower ?? Number.NaN,
    upper: parsed.upper ?? Number.NaN,
    reasons: parsed.reasons.map((reason) => ({ ...reason, score: reason.score ?? Number.NaN })),
  };
}

/** A field that the contract does not know costs that field, not the finding. Cleaning is slow, and seldom needed. */
function fitting(parsed: unknown): AnomalyBody | undefined {
  if (bodySchema.Check(parsed)) return parsed;
  const cleaned = Clean(AnomalyBody, parsed);
  return bodySchema.Check(cleaned) ? cleaned : undefined;
}
