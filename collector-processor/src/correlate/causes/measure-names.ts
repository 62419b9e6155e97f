import type { Measure } from './cause-case.ts';

/** In this order: the first that fits. Words as OpenTelemetry's conventions and common exporters use them. */
const patterns: readonly (readonly [Measure, RegExp])[] = [
  ['work', /per_request|rows_|_rows|result_count|calls_per|queries_per/],
  ['errors', /error|fail|5xx|4xx|panic|exception|reject|dropped|cancel|timeout|throttle_ratio|pressure|restart/],
  ['latency', /latency|duration|[._]p\d\d|response_time/],
  ['requests', /requests?([._](per|rate|total|count)|$)|_rps|per_sec(ond)?$|per_min(ute)?$|throughput|[._]calls$/],
  ['latency', /_ms$|_seconds$/],
  [
    'saturation',
    /capacity|cpu|memory|mem\b|disk|queue|buffer|pool|utilization|used|usage|depth|lag|age|throttled|working_set|connections/,
  ],
];

/** Saturation that is written in seconds or per second is none of the time that requests take. */
const saturatedFirst = /throttled|queue|_age|lag|cpu|mem/;

/** What a metric of this name measures; `work` when the name does not say. */
export function measureOf(name: string): Measure {
  const plain = name.toLowerCase();
  const [found] = patterns.find(([, pattern]) => pattern.test(plain)) ?? (['work'] as const);
  return (found === 'latency' || found === 'requests') && saturatedFirst.test(plain) ? 'saturation' : found;
}

const units: readonly (readonly [string, RegExp])[] = [
  ['ms', /_ms$|milliseconds/],
  ['s', /_seconds$|duration$/],
  ['1', /ratio|rate$|share|utilization/],
];

/** The unit where only the name can tell it. Percent names are used for shares as well, so the values decide. */
export function unitOf(name: string, values: readonly number[]): string {
  if (/percent|_pct/.test(name)) return values.some((value) => Math.abs(value) > 1.5) ? '%' : '1';
  return units.find(([, pattern]) => pattern.test(name))?.[0] ?? '';
}
