import type { Measure, Series } from '../../model/anomaly.ts';
import type { ServiceHarm, ServicePart } from '../../model/incident.ts';
import type { SeriesSteps } from '../causes/case-series.ts';

/** Of a service as a whole: how many requests, which share of them failed, and how long they took. */
export interface RequestSeries {
  readonly rate: SeriesSteps;
  readonly errors?: SeriesSteps | undefined;
  /** By percentile. */
  readonly times: readonly { readonly share: number; readonly steps: SeriesSteps }[];
}

/** At least this share of the requests of a step took longer than usual when the percentile is odd. */
const slowShares: Partial<Readonly<Record<Measure, number>>> = { p50: 0.5, p95: 0.05, p99: 0.01 };
const ODD_SCORE = 1;

type Steps = (seriesId: string) => SeriesSteps | undefined;

/** Undefined for a service whose requests nobody has seen. */
export function requestSeriesOf(own: readonly Series[], steps: Steps): RequestSeries | undefined {
  const served = own.filter(
    ({ signal, operation, peer }) => signal === 'traces' && operation === undefined && peer === undefined,
  );
  const stepsOf = (measure: Measure): SeriesSteps | undefined => {
    const series = served.find((one) => one.measure === measure);
    return series && steps(series.id);
  };
  const rate = stepsOf('rate');
  if (rate === undefined) return undefined;
  const times = Object.entries(slowShares).flatMap(([measure, share]) => {
    const kept = stepsOf(measure as Measure);
    return kept === undefined ? [] : [{ share, steps: kept }];
  });
  return { rate, errors: stepsOf('error_ratio'), times };
}

/** What was harmed in steps that end after `fromMs` and while the service was odd. Steps that are no longer kept count nothing. */
export function countHarm(
  { rate, errors, times }: RequestSeries,
  { service, environment, startMs, endMs }: ServicePart,
  fromMs: number,
): ServiceHarm {
  const harm = { service, environment, requests: 0, failed: 0, slow: 0 };
  for (const [index, atMs] of rate.timeMs.entries()) {
    if (atMs <= fromMs || atMs <= startMs || atMs > endMs) continue;
    const requests = orZero(rate.value[index]) * (rate.stepMs / 1000);
    const failed = requests * Math.min(1, Math.max(0, above(errors, atMs)));
    const slow = Math.max(0, ...times.map(({ share, steps }) => (isSlow(steps, atMs) ? share : 0)));
    harm.requests += requests;
    harm.failed += failed;
    harm.slow += (requests - failed) * slow;
  }
  return harm;
}

function above(steps: SeriesSteps | undefined, atMs: number): number {
  const index = steps?.timeMs.indexOf(atMs) ?? -1;
  return orZero(steps?.value[index]) - orZero(steps?.expected[index]);
}

function isSlow({ timeMs, score, value, expected }: SeriesSteps, atMs: number): boolean {
  const index = timeMs.indexOf(atMs);
  return orZero(score[index]) >= ODD_SCORE && orZero(value[index]) > orZero(expected[index]);
}

/** Steps without requests have no value. */
function orZero(value: number | undefined): number {
  return value === undefined || !Number.isFinite(value) ? 0 : value;
}
