import type { Series } from '../../model/anomaly.ts';
import type { Incident, MemberAnomaly } from '../../model/incident.ts';
import type { ServiceLink } from '../../model/service-link.ts';
import { aspects, heldFor } from './aspects.ts';
import { alarmOf, loudestOf } from './case-alarm.ts';
import { caseSeries, createOwnerOf, type SeriesKnown, type SeriesSteps, toldSeries } from './case-series.ts';
import type { CaseCall, CaseChange, CaseLog, CaseSeries, CauseCase } from './cause-case.ts';

/** What Sentinel itself still knows of the time around an incident. */
export interface TelemetryView {
  series(): Iterable<SeriesKnown>;
  steps(seriesId: string): SeriesSteps | undefined;
  readonly links: () => Iterable<ServiceLink>;
}

/** Lines of one kind that are told one by one. */
const MOST_LINES = 500;
/** Traces that are told for one piece of evidence. */
const MOST_TRACES = 5;
/** Where no series says how long a step is. */
const USUAL_STEP_MS = 10_000;

/**
 * The case of an incident: its services and those a call away, with all that is known of them. Everything that the ranking
 * looks at is in it, so that it can be ranked again anywhere.
 */
export function buildCase(
  incident: Incident,
  view: TelemetryView,
  earlier: NonNullable<CauseCase['earlier']> = [],
): CauseCase {
  const links = [...view.links()].filter((link) => isHere(link, incident));
  const services = affectedOf(incident, links);
  const environments = new Set([...incident.services.values()].map(({ environment }) => environment));
  const loudest = loudestOf(incident);
  const nameOwner = createOwnerOf(links);
  // A part of a service, when it is what the alarm is about.
  const ownerOf = (series: Series): string | undefined =>
    nameOwner(series) ?? (series.id === loudest?.seriesId ? series.service : undefined);
  const own = [...view.series()].filter(({ series }) => {
    const isHere = series.tenant === incident.tenant && environments.has(series.environment);
    return isHere && (services.has(series.service) || services.has(ownerOf(series) ?? ''));
  });
  const members = [...incident.anomalies.values()];
  const odd = new Set(members.map(({ seriesId }) => seriesId));
  const startMs = members.reduce((least, one) => Math.min(least, one.startMs), Infinity);
  const known = own.flatMap(({ series, title }) => {
    const steps = view.steps(series.id);
    return steps === undefined ? [] : [{ series, title, steps }];
  });
  const isKnown = known.some(({ series }) => series.measure === loudest?.measure && nameOwner(series) !== undefined);
  const held = heldFor(isKnown ? loudest?.measure : undefined);
  const newestMs = known.reduce((latest, { steps }) => Math.max(latest, steps.timeMs.at(-1) ?? -Infinity), -Infinity);
  const stepMs = known.reduce((least, { steps }) => Math.min(least, steps.stepMs), Infinity);
  const step = { newestMs, stepMs: Number.isFinite(stepMs) ? stepMs : USUAL_STEP_MS };
  const series = [
    ...known.flatMap((one) => {
      const owner = ownerOf(one.series);
      return owner === undefined ? [] : caseSeries(one, one.steps, { owner, startMs, held });
    }),
    ...members.flatMap((member) => toldSeries(member, step)),
  ];
  return {
    version: 1,
    ...(earlier.length === 0 ? {} : { earlier }),
    alarm: alarmOf(loudest, series, { openedAtMs: incident.openedAtMs, sinceMs: startMs }),
    series: series.map((one) => ({ ...one, ...tracesOf(members.filter((member) => shows(member, one))) })),
    calls: links
      .filter(({ from }) => services.has(from))
      .map(({ from, to, remote }): CaseCall => ({ from, to, remote })),
    // Kinds of lines are kept only while they are odd: others would look new.
    logs: logsOf(
      known.filter(({ series }) => odd.has(series.id)),
      members,
      services,
    ).map((log) => ({
      ...log,
      ...tracesOf(members.filter(({ service, line }) => service === log.service && line?.text === log.text)),
    })),
    changes: [...incident.changes.values()].map(({ id, service, timeMs, kind, to }): CaseChange => {
      return { id, service, atMs: timeMs, title: `${kind} of ${service} ${to}`, files: [], diff: '' };
    }),
  };
}

/** A finding on one operation of a service shows what is odd about the service. */
function shows({ seriesId, service, measure }: MemberAnomaly, series: CaseSeries): boolean {
  return seriesId === series.id || (service === series.service && aspects[measure] === series.measure);
}

function tracesOf(members: readonly MemberAnomaly[]): { readonly traceIds?: readonly string[] } {
  const traceIds = [...new Set(members.flatMap(({ exampleTraceIds }) => exampleTraceIds))].slice(0, MOST_TRACES);
  return traceIds.length === 0 ? {} : { traceIds };
}

function affectedOf({ services }: Incident, links: readonly ServiceLink[]): ReadonlySet<string> {
  const hit = new Set([...services.values()].map(({ service }) => service));
  const near = links.filter(({ from, to }) => hit.has(from) || hit.has(to)).flatMap(({ from, to }) => [from, to]);
  return new Set([...hit, ...near]);
}

function isHere({ tenant, environment }: ServiceLink, incident: Incident): boolean {
  return tenant === incident.tenant && [...incident.services.values()].some((part) => part.environment === environment);
}

/** A step may be without a value, and a storm of lines is told by some of them. */
function linesOf(perSecond = 0, seconds: number): number {
  const lines = Math.round(perSecond * seconds);
  return lines > 0 ? Math.min(MOST_LINES, lines) : 0;
}

/** Of a kind of line that came for the first time no steps are kept, only what the finding says. */
function logsOf(
  known: readonly { readonly series: Series; readonly steps: SeriesSteps }[],
  members: readonly MemberAnomaly[],
  services: ReadonlySet<string>,
): readonly CaseLog[] {
  const counted = known.flatMap(({ series, steps }) => caseLog(series, steps, services));
  const texts = new Set(counted.map(({ service, text }) => `${service}\n${text}`));
  const told = members.flatMap(({ service, measure, startMs, line }) => {
    if (line === undefined || measure !== 'new_template' || texts.has(`${service}\n${line.text}`)) return [];
    const timesMs = new Array<number>(Math.max(1, Math.min(MOST_LINES, line.count))).fill(startMs);
    return [lineOf({ service, ...line, timesMs }, services)];
  });
  return [...counted, ...told];
}

const lineMeasures: ReadonlySet<Series['measure']> = new Set(['template_rate', 'new_template', 'vanished']);
const severities: Readonly<Record<string, CaseLog['severity']>> = { ERROR: 'error', FATAL: 'error', WARN: 'warn' };

function caseLog(series: Series, { timeMs, value, stepMs }: SeriesSteps, services: ReadonlySet<string>): CaseLog[] {
  const { template, service, severity = '', measure } = series;
  if (template === undefined || !lineMeasures.has(measure)) return [];
  const timesMs = timeMs.flatMap((at, index) => new Array<number>(linesOf(value[index], stepMs / 1000)).fill(at));
  return [lineOf({ service, severity, text: template, timesMs: timesMs.slice(-MOST_LINES) }, services)];
}

interface Line extends Pick<CaseLog, 'service' | 'text' | 'timesMs'> {
  readonly severity: string;
}

function lineOf({ service, severity, text, timesMs }: Line, services: ReadonlySet<string>): CaseLog {
  const names = [...services].filter((name) => name !== service && text.includes(name));
  const told = severities[severity.toUpperCase()] ?? 'info';
  return { service, severity: told, text, names, item: '', outside: '', timesMs };
}
