import type { Series } from '../../model/anomaly.ts';
import type { Incident, MemberAnomaly } from '../../model/incident.ts';
import type { ServiceLink } from '../../model/service-link.ts';
import {
  type CaseCall,
  type CaseChange,
  type CaseLog,
  type CaseSeries,
  type CauseCase,
  type Measure,
  onlyMoreIsOdd,
} from './cause-case.ts';
import { measureOf, unitOf } from './measure-names.ts';

/** Steps of one series, oldest first. */
export interface SeriesSteps {
  readonly stepMs: number;
  readonly timeMs: readonly number[];
  readonly value: readonly number[];
  readonly expected: readonly number[];
}

/** A series and what it is in words. */
export interface SeriesKnown {
  readonly series: Series;
  readonly title: string;
}

/** What Sentinel itself still knows of the time around an incident. */
export interface TelemetryView {
  series(): Iterable<SeriesKnown>;
  steps(seriesId: string): SeriesSteps | undefined;
  links(): Iterable<ServiceLink>;
}

const measures: Readonly<Partial<Record<Series['measure'], Measure>>> = {
  rate: 'requests',
  error_ratio: 'errors',
  p95: 'latency',
  self_time: 'work',
  network_time: 'latency',
};
/** Lines of one kind that are told one by one. */
const MOST_LINES = 500;
const NANOSECONDS = 'ns';

/**
 * The case of an incident: its services and those a call away, with all that is known of them. Everything that the ranking
 * looks at is in it, so that it can be ranked again anywhere.
 */
export function buildCase(incident: Incident, view: TelemetryView): CauseCase {
  const links = [...view.links()].filter((link) => isHere(link, incident));
  const services = affectedOf(incident, links);
  const environments = new Set([...incident.services.values()].map(({ environment }) => environment));
  const own = [...view.series()].filter(
    ({ series }) =>
      series.tenant === incident.tenant && environments.has(series.environment) && services.has(series.service),
  );
  const odd = new Set([...incident.anomalies.values()].map(({ seriesId }) => seriesId));
  const startMs = [...incident.anomalies.values()].reduce((least, one) => Math.min(least, one.startMs), Infinity);
  const known = own.flatMap(({ series, title }) => {
    const steps = view.steps(series.id);
    return steps === undefined ? [] : [{ series, title, steps }];
  });
  const series = known.flatMap((one) => caseSeries(one, one.steps, startMs));
  return {
    version: 1,
    alarm: alarmOf(incident, series),
    series,
    calls: links
      .filter(({ from }) => services.has(from))
      .map(({ from, to, remote }): CaseCall => ({ from, to, remote })),
    // Kinds of lines are kept only while they are odd: others would look new.
    logs: known
      .filter(({ series }) => odd.has(series.id))
      .flatMap(({ series, steps }) => caseLog(series, steps, services)),
    changes: [...incident.changes.values()].map(({ id, service, timeMs, kind, to }): CaseChange => {
      return { id, service, atMs: timeMs, title: `${kind} of ${service} ${to}`, files: [], diff: '' };
    }),
  };
}

/**
 * The strongest member of the page border, else the strongest: what somebody would be told of. When that is a part of a service
 * (an operation, a peer, a kind of line), the service's own series of the same kind, or of any that only goes up, stands for it.
 */
function alarmOf(incident: Incident, series: readonly CaseSeries[]): CauseCase['alarm'] {
  const ranked = [...incident.anomalies.values()].sort(
    (left, right) => weight(right) - weight(left) || left.startMs - right.startMs,
  );
  const [first] = ranked;
  if (first === undefined) return { service: '', seriesId: '', atMs: incident.openedAtMs };
  const { service, seriesId, measure, peakMs } = first;
  const own = series.filter((one) => one.service === service);
  const standsIn =
    own.find(({ id }) => id === seriesId) ??
    own.find((one) => one.measure === measures[measure]) ??
    own.find((one) => onlyMoreIsOdd(one.measure));
  return { service, seriesId: standsIn?.id ?? '', atMs: peakMs };
}

function weight({ border, peakScore, direction, measure }: MemberAnomaly): number {
  const isBad = direction === 'up' && (measures[measure] === 'errors' || measures[measure] === 'latency');
  return peakScore * (border === 'page' ? 10 : 1) * (isBad ? 3 : 1);
}

function affectedOf({ services }: Incident, links: readonly ServiceLink[]): ReadonlySet<string> {
  const hit = new Set([...services.values()].map(({ service }) => service));
  const near = links.filter(({ from, to }) => hit.has(from) || hit.has(to)).flatMap(({ from, to }) => [from, to]);
  return new Set([...hit, ...near]);
}

function isHere({ tenant, environment }: ServiceLink, incident: Incident): boolean {
  return tenant === incident.tenant && [...incident.services.values()].some((part) => part.environment === environment);
}

/** Of a service as a whole; operations and peers are parts of it and would count twice. */
function caseSeries(
  { series, title }: SeriesKnown,
  { timeMs, value, expected }: SeriesSteps,
  startMs: number,
): CaseSeries[] {
  const measure = series.signal === 'metrics' ? metricMeasure(series) : measures[series.measure];
  const isPart = series.operation !== undefined || series.peer !== undefined || series.template !== undefined;
  if (measure === undefined || isPart || series.signal === 'logs') return [];
  // A series that is kept only while it is odd is known by what was expected of it.
  const usual = value.flatMap((one, index) => {
    const told = (timeMs[index] ?? 0) < startMs ? one : (expected[index] ?? NaN);
    return Number.isFinite(told) ? [told] : [];
  });
  const { id, service, metric = series.measure } = series;
  const unit =
    series.signal === 'traces' && measure === 'latency' ? NANOSECONDS : (series.unit ?? unitOf(metric, value));
  return [{ id, service, name: metric, title, measure, unit, usual, timesMs: timeMs, values: value.map(orNone) }];
}

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

/** A step may be without a value, and a storm of lines is told by some of them. */
function linesOf(perSecond = 0, seconds: number): number {
  const lines = Math.round(perSecond * seconds);
  return lines > 0 ? Math.min(MOST_LINES, lines) : 0;
}

const lineMeasures: ReadonlySet<Series['measure']> = new Set(['template_rate', 'new_template', 'vanished']);
const severities: Readonly<Record<string, CaseLog['severity']>> = { ERROR: 'error', FATAL: 'error', WARN: 'warn' };

function caseLog(series: Series, { timeMs, value, stepMs }: SeriesSteps, services: ReadonlySet<string>): CaseLog[] {
  const { template, service, severity = '', measure } = series;
  if (template === undefined || !lineMeasures.has(measure)) return [];
  const timesMs = timeMs.flatMap((at, index) => new Array<number>(linesOf(value[index], stepMs / 1000)).fill(at));
  const names = [...services].filter((name) => name !== service && template.includes(name));
  const told = severities[severity.toUpperCase()] ?? 'info';
  return [
    { service, severity: told, text: template, names, item: '', outside: '', timesMs: timesMs.slice(-MOST_LINES) },
  ];
}
