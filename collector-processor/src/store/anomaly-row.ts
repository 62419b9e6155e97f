import type { Insertable } from 'kysely';
import { Compile } from 'typebox/compile';
import { Anomaly as AnomalyBody } from '../contract/anomaly.ts';
import type { Anomaly } from '../model/anomaly.ts';
import type { AnomalyTable } from './schema.ts';

export type AnomalyRow = Insertable<AnomalyTable>;

const bodySchema = Compile(AnomalyBody);

export function anomalyRow(anomaly: Anomaly): AnomalyRow {
  const { series } = anomaly;
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
    peak_score: anomaly.peakScore,
    search: told
      .filter((part) => part !== undefined)
      .join('\n')
      .toLowerCase(),
    // JSON has no NaN and no infinity: they become null, as the API shows them.
    body: JSON.stringify(anomaly),
  };
}

/** Undefined when the body is none that this release can read. */
export function readAnomaly(body: string): Anomaly | undefined {
  const parsed: unknown = JSON.parse(body);
  if (!bodySchema.Check(parsed)) return undefined;
  return {
    ...parsed,
    observed: parsed.observed ?? Number.NaN,
    expected: parsed.expected ?? Number.NaN,
    lower: parsed.lower ?? Number.NaN,
    upper: parsed.upper ?? Number.NaN,
    reasons: parsed.reasons.map((reason) => ({ ...reason, score: reason.score ?? Number.NaN })),
  };
}
