import type { Series } from '../../model/anomaly.ts';
import type { BudgetSpent, Impact, Incident, ServiceHarm, ServicePart, Severity } from '../../model/incident.ts';
import type { Place } from '../../model/service-link.ts';
import type { TelemetryView } from '../causes/build-case.ts';
import { firing, severities } from '../incidents/incident-facts.ts';
import { countHarm, type RequestSeries, requestSeriesOf } from './count-harm.ts';
import { harmedBy, severityOfImpact } from './severity-of-impact.ts';

interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What other parts of Sentinel know of the harm that is done. */
export interface HarmView {
  /** What was spent of the error budgets of these services in that time. */
  budgetsSpent(services: readonly string[], range: TimeRange): readonly BudgetSpent[];
  /** Users or sessions whose requests to these services failed since then; 0 also where nothing tells. */
  failedVisitors(places: readonly (Place & { readonly service: string })[], fromMs: number): number;
}

/** Services of one incident that are told of. */
const MOST_SERVICES = 20;
/** It is told again when so many times as much is harmed. */
const GROWN = 2;

interface Found {
  readonly incident: Incident;
  readonly impact: Impact;
}

/** Counts whom incidents harm, and tells when that has grown. What was told once is never less later on. */
export class ImpactWatch {
  readonly #view: TelemetryView;
  readonly #harm: HarmView;
  /** As it is now; what was told last may be behind. */
  readonly #counted = new Map<string, Impact>();

  constructor(view: TelemetryView, harm: HarmView) {
    this.#view = view;
    this.#harm = harm;
  }

  /** Those whose impact is news. `nowMs` is wall-clock time. */
  look(incidents: readonly Incident[], nowMs: number): readonly Found[] {
    const due = incidents.filter((one) => this.#isDue(one));
    if (due.length === 0) return [];
    const series = new Map<string, RequestSeries | undefined>();
    for (const [key, own] of this.#seriesByService(due)) series.set(key, requestSeriesOf(own, this.#view.steps));
    return due.flatMap((incident) => {
      const impact = this.#count(incident, series, nowMs);
      this.#counted.set(incident.id, impact);
      return isNews(incident.impact, impact, firing(incident) > 0) ? [{ incident, impact }] : [];
    });
  }

  forget(id: string): void {
    this.#counted.delete(id);
  }

  /** Until all that was odd has been counted. */
  #isDue({ id, state, services }: Incident): boolean {
    const endMs = Math.max(-Infinity, ...[...services.values()].map((part) => part.endMs));
    return state !== 'closed' && (this.#counted.get(id)?.toMs ?? -Infinity) < endMs;
  }

  #count(incident: Incident, series: ReadonlyMap<string, RequestSeries | undefined>, nowMs: number): Impact {
    const before = this.#counted.get(incident.id) ?? incident.impact;
    const { tenant } = incident;
    const parts = [...incident.services.values()];
    const seriesOf = (part: ServicePart): RequestSeries | undefined => series.get(keyOf(tenant, part));
    const fromMs = Math.min(nowMs, ...parts.map(({ startMs }) => startMs));
    const endMs = Math.min(nowMs, Math.max(fromMs, ...parts.map((part) => part.endMs)));
    const newest = parts.map((part) => seriesOf(part)?.rate.timeMs.at(-1) ?? -Infinity);
    const places = parts.map(({ service, environment }) => ({ tenant, environment, service }));
    const names = [...new Set(parts.map(({ service }) => service))];
    const services = parts
      .flatMap((part) => harmOf(part, seriesOf(part), before))
      .filter((one) => harmedBy(one) > 0)
      .sort((left, right) => harmedBy(right) - harmedBy(left))
      .slice(0, MOST_SERVICES);
    const budgets = this.#harm.budgetsSpent(names, { fromMs, toMs: endMs }).filter(({ share }) => share > 0);
    const toMs = Math.max(before?.toMs ?? -Infinity, ...newest);
    return {
      // Without any steps there is nothing to wait for.
      toMs: toMs === -Infinity ? nowMs : toMs,
      severity: worseOf(before?.severity ?? 'minor', severityOfImpact({ services, budgets })),
      services,
      visitors: Math.max(this.#harm.failedVisitors(places, fromMs), before?.visitors ?? 0),
      budgets,
    };
  }

  #seriesByService(incidents: readonly Incident[]): ReadonlyMap<string, readonly Series[]> {
    const wanted = new Map<string, Series[]>();
    for (const { tenant, services } of incidents)
      for (const part of services.values()) wanted.set(keyOf(tenant, part), []);
    for (const { series } of this.#view.series()) wanted.get(keyOf(series.tenant, series))?.push(series);
    return wanted;
  }
}

/** What was counted before, and what came since. */
function harmOf(
  part: ServicePart,
  series: RequestSeries | undefined,
  before: Impact | undefined,
): readonly ServiceHarm[] {
  const known = before?.services.find(
    ({ service, environment }) => service === part.service && environment === part.environment,
  );
  if (series === undefined) return known === undefined ? [] : [known];
  const more = countHarm(series, part, known === undefined ? -Infinity : (before?.toMs ?? -Infinity));
  return [known === undefined ? more : sumOf(known, more)];
}

function keyOf(tenant: string, { environment, service }: Pick<ServicePart, 'environment' | 'service'>): string {
  return `${tenant}\n${environment}\n${service}`;
}

function sumOf(known: ServiceHarm, more: ServiceHarm): ServiceHarm {
  return {
    ...known,
    requests: known.requests + more.requests,
    failed: known.failed + more.failed,
    slow: known.slow + more.slow,
  };
}

/** Once it is over, the last figures are told, whatever has become of them. */
function isNews(before: Impact | undefined, now: Impact, goesOn: boolean): boolean {
  const [was, is] = [greatest(before), greatest(now)];
  if (is === 0 && now.budgets.length === 0) return false;
  if (before === undefined || before.severity !== now.severity) return true;
  return is >= GROWN * was || (!goesOn && is > was);
}

function worseOf(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) < severities.indexOf(other) ? one : other;
}

function greatest(impact: Impact | undefined): number {
  return Math.max(0, ...(impact?.services ?? []).map(harmedBy));
}
