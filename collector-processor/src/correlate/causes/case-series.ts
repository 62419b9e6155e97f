import type { Series } from '../../model/anomaly.ts';
import type { MemberAnomaly } from '../../model/incident.ts';
import { placesIn } from '../../model/place-names.ts';
import type { ServiceLink } from '../../model/service-link.ts';
import type { heldFor } from './aspects.ts';
import type { CaseSeries, Measure } from './cause-case.ts';
import { measureOf, unitOf } from './measure-names.ts';

/** Steps of one series, oldest first. */
export interface SeriesSteps {
  readonly stepMs: number;
  readonly timeMs: readonly number[];
  readonly value: readonly number[];
  readonly expected: readonly number[];
  /** From 1 on a value is odd. */
  readonly score: readonly number[];
}

/** A series and what it is in words. */
export interface SeriesKnown {
  readonly series: Series;
  readonly title: string;
}

const NANOSECONDS = 'ns';
const ODD_SCORE = 1;

/** Who is known from its callers alone, such as a database: what they see of it stands for it. */
export function createOwnerOf(links: readonly ServiceLink[]): (series: Series) => string | undefined {
  const remote = new Set(links.filter((link) => link.remote).map(({ from, to }) => `${from}\n${to}`));
  return ({ service, peer, operation, template, measure }) => {
    if (template !== undefined) return undefined;
    if (peer !== undefined) return remote.has(`${service}\n${peer}`) ? peer : undefined;
    // What an operation takes itself is the service's own; its other measures are part of the service's.
    return operation === undefined || measure === 'self_time' ? service : undefined;
  };
}

/** Of `owner` as a whole; empty for what a case does not hold. */
export function caseSeries(
  { series, title }: SeriesKnown,
  { timeMs, value, expected, score }: SeriesSteps,
  {
    owner,
    startMs,
    held,
  }: { readonly owner: string; readonly startMs: number; readonly held: ReturnType<typeof heldFor> },
): readonly CaseSeries[] {
  const measure = series.signal === 'metrics' ? metricMeasure(series) : held[series.measure];
  if (measure === undefined || series.signal === 'logs') return [];
  // Earlier trouble is not usual, and a series that is kept only while it is odd is known by what was expected of it.
  const usual = value.flatMap((one, index) => {
    const isUsual = (timeMs[index] ?? 0) < startMs && !((score[index] ?? 0) >= ODD_SCORE);
    const told = isUsual ? one : (expected[index] ?? NaN);
    return Number.isFinite(told) ? [told] : [];
  });
  const { id, metric = series.measure } = series;
  const isTime = series.signal === 'traces' && (measure === 'latency' || measure === 'own_time');
  const unit = isTime ? NANOSECONDS : (series.unit ?? unitOf(metric, value));
  const [place] = placesIn(series);
  const told = {
    ...(place === undefined ? {} : { place }),
    ...(owner === series.service ? {} : { seenBy: series.service }),
    ...(isPart(series) ? { part: true as const } : {}),
  };
  const values = { usual, timesMs: timeMs, values: value.map(orNone) };
  return [{ id, service: owner, name: metric, title, measure, unit, ...values, ...told }];
}

/** What a finding says that no series does: that nothing comes, or no traces any more, or that many on one host are odd. */
export function toldSeries(
  { seriesId, service, signal, measure, startMs, endMs, state, sentence, places }: MemberAnomaly,
  { newestMs, stepMs }: { readonly newestMs: number; readonly stepMs: number },
): readonly CaseSeries[] {
  const isIdle = measure === 'signal_loss' && signal === 'traces';
  if (measure !== 'silence' && measure !== 'place_event' && !isIdle) return [];
  const lastMs = state === 'open' ? Math.max(endMs, newestMs) : endMs;
  const count = Math.min(MOST_STEPS, Math.max(1, Math.round((lastMs - startMs) / stepMs)));
  const timesMs = Array.from({ length: count }, (_, step) => startMs + (step + 1) * stepMs);
  const about = { id: seriesId, service, unit: '1', usual: [0], timesMs, values: timesMs.map(() => 1) };
  if (measure === 'silence') return [{ ...about, name: 'silence', title: `Silence of ${service}`, measure }];
  const idle = `No traces from ${service}, while other signals of it come`;
  if (isIdle) return [{ ...about, name: 'silence', title: idle, measure: 'silence', part: true }];
  const [place = service] = places ?? [];
  return [{ ...about, name: 'host.services', title: sentence, measure: 'saturation', place }];
}

function isPart({ signal, attributes, metric = '' }: Series): boolean {
  return signal === 'metrics' && (Object.keys(attributes).length > 0 || /(^|[._])client[._]/.test(metric));
}

const MOST_STEPS = 360;

/** One kind of nothing, so that a case is the same once it was written and read. */
function orNone(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}

function metricMeasure({ metric = '', measure }: Series): Measure {
  return measure === 'rate' ? rateMeasure(metric) : measureOf(metric);
}

/** A counter of errors is errors, any other one is how much there is to do. */
function rateMeasure(metric: string): Measure {
  return measureOf(metric) === 'errors' ? 'errors' : 'requests';
}
