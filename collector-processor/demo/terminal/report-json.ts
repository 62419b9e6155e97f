import type { Finding } from '../findings/finding.ts';
import type { Row, Summary } from '../findings/summary.ts';

export interface RunFacts {
  readonly bucketMs: number;
  readonly seed: number;
  /** From the start of the demo, as all times here. */
  readonly servicesUpMs: number;
  readonly firstTelemetryMs: number;
  /** Absent when nothing was found. */
  readonly firstFoundMs?: number;
}

/** One line for benches and CI; milliseconds. */
export function reportJson({ rows, falseFindings }: Summary, facts: RunFacts): string {
  return JSON.stringify({
    bucket_ms: facts.bucketMs,
    seed: facts.seed,
    services_up_ms: Math.round(facts.servicesUpMs),
    first_telemetry_ms: Math.round(facts.firstTelemetryMs),
    first_found_ms: facts.firstFoundMs === undefined ? null : Math.round(facts.firstFoundMs),
    faults: rows.map(faultJson),
    found: rows.filter((row) => row.found !== undefined).length,
    incidents_right: rows.filter(({ incident }) => incident?.right === true).length,
    false_findings: falseFindings.map(findingJson),
  });
}

function faultJson({
  injection: { fault },
  found,
  matches,
  sideEffects,
  changeSeen,
  annotatedMs,
  incident,
}: Row): object {
  return {
    fault: fault.name,
    service: fault.service,
    found:
      found === undefined
        ? null
        : {
            ...findingJson(found.finding),
            delay_buckets: found.delay.buckets,
            delay_ms: Math.round(found.delay.ms),
          },
    findings: matches,
    side_effects: sideEffects,
    ...(incident === undefined ? {} : { incident }),
    ...(annotatedMs === undefined ? {} : { annotated_ms: Math.round(annotatedMs) }),
    ...(changeSeen === undefined ? {} : { change_seen: changeSeen }),
  };
}

function findingJson({ anomaly, border }: Finding): object {
  const { service, signal, measure, metric, operation, peer } = anomaly.series;
  const { direction, startMs, peakScore, sentence } = anomaly;
  const where = { service, signal, measure, metric, operation, peer };
  return { ...where, direction, border, start_ms: startMs, score: peakScore, sentence };
}
