import type { Anomaly, AnomalyEvent, Series } from '../../model/anomaly.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { Finding } from '../finding.ts';
import type { Findings } from '../findings.ts';
import { OVER_BUDGET, type PageBudget } from '../page-budget.ts';
import { serviceOf } from '../presence/service-signals.ts';
import type { Judgement } from '../series-judge.ts';
import type { Fleet, Place } from './fleet.ts';
import { type Census, census, placesOf } from './place-census.ts';
import { noteMember, placeAnomaly, type PlaceEvent, TOLD_CHANCE } from './place-event.ts';

export interface PlaceOptions {
  /** Services at a place that must turn odd together; 0: places are not looked at. */
  readonly minimum: number;
  /** Share of the services there. */
  readonly share: number;
  /** Within so long, in milliseconds. */
  readonly window: number;
}

export interface PlaceWatchParts {
  readonly options: {
    readonly places: PlaceOptions;
    readonly peers: { readonly minimum: number };
    readonly bucket: number;
    readonly maxOpenAnomalies: number;
  };
  readonly fleet: Fleet;
  /** Tells, as things are now, whether what is odd about a series may come from what its service calls. */
  readonly carriesOver: () => (series: Series) => boolean;
  readonly findings: Findings;
  readonly pages: PageBudget;
  readonly metrics: SelfMetrics;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly onAnomaly: (event: AnomalyEvent) => void;
}

export type SavedPlaceEvent = Omit<PlaceEvent, 'members'> & {
  readonly members: readonly (readonly [string, { service: string; title: string; score: number }])[];
};

const QUIET_BUCKETS = 3;
/** An event is over when fewer of its services are odd. */
const STILL = 2;

/**
 * Hosts, zones and clusters where many services turn odd by themselves within a short time, and few elsewhere: one finding, of which those
 * of the services are side effects. They are followed as ever and told only if they outlast it.
 */
export class PlaceWatch {
  private readonly parts: PlaceWatchParts;
  private readonly open = new Map<string, PlaceEvent>();
  private readonly opened: Counter;
  private readonly inside: Counter;

  constructor(parts: PlaceWatchParts) {
    this.parts = parts;
    const { metrics } = parts;
    const help = 'Findings on a host, zone or cluster as a whole.';
    this.opened = metrics.counter({ name: 'sentinel_place_findings_total', help });
    const within = 'Findings that were not told by themselves, since they are side effects of one on a place.';
    this.inside = metrics.counter({ name: 'sentinel_findings_within_place_total', help: within });
  }

  anomalies(): Anomaly[] {
    return [...this.open.values()].map((event) => this.anomaly(event, 'open'));
  }

  save(): SavedPlaceEvent[] {
    return [...this.open.values()].map((event) => ({ ...event, members: [...event.members] }));
  }

  load(saved: readonly SavedPlaceEvent[]): void {
    for (const event of saved) this.open.set(event.place.key, { ...event, members: new Map(event.members) });
  }

  /** To be asked before the onsets of a bucket are told: looks for places that they have in common. */
  look(onsets: readonly Judgement[], timeMs: number): void {
    const { options, findings, fleet, carriesOver } = this.parts;
    const { minimum, share, window } = options.places;
    if (minimum === 0 || onsets.length === 0) return;
    const recent = findings.all.filter(({ startMs }) => startMs >= timeMs - window).map(({ series }) => series);
    const places = new Map<string, { readonly place: Place; readonly services: Set<string> }>();
    const odd = new Map<string, Set<string>>();
    const mayBeOfOthers = carriesOver();
    for (const series of [...recent, ...onsets.map(({ entry }) => entry.series)]) {
      if (mayBeOfOthers(series)) continue;
      const service = serviceOf(series);
      const speaksOf = odd.get(service) ?? new Set();
      odd.set(service, speaksOf);
      for (const place of placesOf(fleet, series)) {
        speaksOf.add(place.key);
        const known = places.get(place.key) ?? { place, services: new Set() };
        places.set(place.key, known);
        known.services.add(service);
      }
    }
    const candidates = [...places.values()].filter(({ services }) => services.size >= minimum);
    const peers = options.peers.minimum === 0 ? Infinity : options.peers.minimum;
    const counted = candidates.flatMap(({ place }) => census(fleet, place, odd, peers) ?? []);
    const [first] = counted
      .filter((one) => one.odd >= share * one.here && one.chance * candidates.length <= TOLD_CHANCE)
      .sort((a, b) => a.chance - b.chance);
    if (first === undefined) return;
    const known = this.open.get(first.place.key);
    if (known === undefined) this.start(first, onsets, timeMs);
    else if (first.chance < known.worst.chance) known.worst = first;
  }

  /** The event whose side effect a finding on this series is. */
  within({ entry: { series } }: Judgement): string | undefined {
    if (this.open.size === 0) return undefined;
    const event = placesOf(this.parts.fleet, series).flatMap(({ key }) => this.open.get(key) ?? [])[0];
    if (event !== undefined) this.inside.add(1);
    return event?.id;
  }

  /** After the onsets of the bucket were told, or not. */
  follow(timeMs: number): void {
    for (const event of [...this.open.values()]) this.followOne(event, timeMs);
  }

  private start(first: Census, onsets: readonly Judgement[], timeMs: number): void {
    const { findings, fleet, nowMs, newId, options } = this.parts;
    if (this.open.size >= options.maxOpenAnomalies) return;
    const { place, ...worst } = first;
    const members = findings.all.filter(
      ({ series, startMs }) =>
        startMs >= timeMs - options.places.window && placesOf(fleet, series).some(({ key }) => key === place.key),
    );
    const started = members.map(({ startMs }) => startMs);
    const environment = onsets[0]?.entry.series.environment ?? '';
    const event: PlaceEvent = {
      ...{ id: newId(), place, environment, detectedAtMs: nowMs(), members: new Map(), worst },
      ...{ startMs: Math.min(timeMs - options.bucket, ...started), peakMs: timeMs, endMs: timeMs },
      ...{ border: 'notice', quiet: 0, sentMembers: 0 },
    };
    for (const member of members) noteMember(event, member);
    this.open.set(place.key, event);
    this.opened.add(1);
  }

  private followOne(event: PlaceEvent, timeMs: number): void {
    const { findings } = this.parts;
    const current = findings.all.filter(({ id, within }) => within === event.id || event.members.has(id));
    for (const finding of current) noteMember(event, finding);
    const services = new Set(current.map(({ series }) => series.service));
    event.quiet = services.size >= STILL ? 0 : event.quiet + 1;
    if (event.quiet === 0) event.endMs = timeMs;
    const { border } = event;
    if (current.some((finding) => finding.border === 'page')) this.page(event, current, timeMs);
    if (event.quiet >= QUIET_BUCKETS) {
      this.open.delete(event.place.key);
      this.tell('closed', event);
      findings.release(event.id);
    } else if (event.sentMembers === 0) this.tell('opened', event);
    else if (event.members.size > 1.25 * event.sentMembers || event.border !== border) this.tell('updated', event);
  }

  /** As its first member that pages: by that one's page, if it was told. */
  private page(event: PlaceEvent, current: readonly Finding[], timeMs: number): void {
    if (event.border === 'page' || event.overBudget === true) return;
    const isTold = current.some(({ border, within }) => border === 'page' && within === undefined);
    if (isTold || this.parts.pages.take(event.place.tenant, timeMs)) event.border = 'page';
    else event.overBudget = true;
  }

  private tell(kind: AnomalyEvent['kind'], event: PlaceEvent): void {
    event.sentMembers = Math.max(1, event.members.size);
    this.parts.onAnomaly({ kind, anomaly: this.anomaly(event, kind === 'closed' ? 'closed' : 'open') });
  }

  private anomaly(event: PlaceEvent, state: Anomaly['state']): Anomaly {
    const note = event.overBudget === true ? OVER_BUDGET : '';
    return placeAnomaly(event, state, note, this.parts.options.bucket);
  }
}
