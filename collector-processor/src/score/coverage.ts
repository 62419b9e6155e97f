import type { Series } from '../model/anomaly.ts';
import type { CoverageCounts, CoverageEntry, CoverageState, Learning } from '../model/coverage.ts';
import type { HistoryState } from '../model/history.ts';
import type { CrowdedServices } from './crowded-services.ts';
import { titleOf } from './finding-sentence.ts';
import { learningOf, readyAt } from './learning-state.ts';
import type { LightKinds } from './metrics/light-kinds.ts';
import type { ServiceSignals } from './presence/service-signals.ts';
import type { SkippedTelemetry } from './skipped.ts';
import type { SeriesEntry, SeriesStore } from './state/series-store.ts';
import { type StreamStore, UNSUITABLE } from './state/stream-store.ts';
import type { Eviction, SubjectStore } from './state/subject-store.ts';
import { kindTable } from './subject-kinds.ts';

export interface CoverageParts {
  readonly series: SeriesStore;
  readonly subjects: SubjectStore;
  readonly services: ServiceSignals;
  /** The last bucket that was closed. */
  readonly newestClosed: () => number;
  readonly streams: Pick<StreamStore, 'countLight'>;
  readonly lightKinds: Pick<LightKinds, 'entries'>;
  readonly skipped: SkippedTelemetry;
  readonly crowded: CrowdedServices;
  readonly learningSteps: number;
  readonly bucketMs: number;
  readonly nowMs: () => number;
  readonly historyOf: (subject: number) => HistoryState | undefined;
  /** Services whose onsets were held back, one sentence each. */
  readonly heldOnsets: () => readonly string[];
  readonly historyCounts: () => Readonly<Record<HistoryState, number>> | undefined;
}

/** One element of a long list and its place in it. */
export interface Placed<Item> {
  readonly place: number;
  readonly item: Item;
}

export interface SeriesListing {
  readonly series: Series;
  readonly title: string;
  readonly state: CoverageState;
  readonly learning: Learning;
  /** Last closed step, when there was one. */
  readonly last?: { readonly timeMs: number; readonly value: number; readonly score: number };
}

const COUNT_MS = 250;
const NOTHING = { scored: 0, learning: 0, silent: 0, unsuitable: 0 };
/** Steps after which a metric that no longer comes is silent, while its service goes on. */
const MISSED_STEPS = 10;
/** Evicted series that are still told about. */
const MAX_EVICTED = 1000;
/** Their places come after those of all series. */
const EVICTED_PLACES = 1e9;
/** And after these those of what is watched lightly, and of what is skipped. */
const LIGHT_PLACES = 5e11;
const SKIPPED_PLACES = 1e12;
const CROWDED_PLACES = 2e12;

export const unsuitableReasons = [
  'constant',
  'several_writers',
  'not_for_scoring',
  'too_many_of_a_service',
  'no_place',
] as const;
type UnsuitableReason = (typeof unsuitableReasons)[number];
type WatchState = keyof typeof NOTHING;
type CountedNow = Record<WatchState, number> & Pick<CoverageCounts, 'learnedAtMs' | 'fromHistory' | 'awaitingHistory'>;

const SILENT = 'No data come any more. What is not sent is not watched.';

/** Which series are watched, and why others are not. */
export class Coverage {
  private readonly parts: CoverageParts;
  private readonly evicted: CoverageEntry[] = [];
  private evictions = 0;
  private counted: CountedNow = { ...NOTHING };
  private constant = 0;
  private light = 0;
  private countedAtMs = -Infinity;

  constructor(parts: CoverageParts) {
    this.parts = parts;
  }

  readonly noteEviction = ({ series, why }: Eviction): void => {
    this.evictions += series.length;
    const sinceMs = this.parts.nowMs();
    for (const one of series) {
      const { id: seriesId, service } = one;
      this.evicted.push({ seriesId, title: titleOf(one), service, state: 'evicted', why, sinceMs });
    }
    this.evicted.splice(0, Math.max(0, this.evicted.length - MAX_EVICTED));
  };

  /** Counted anew at most once in a quarter of a second: it looks at every series. */
  counts(): CoverageCounts {
    const now = this.parts.nowMs();
    if (Math.abs(now - this.countedAtMs) >= COUNT_MS) {
      this.countedAtMs = now;
      this.counted = this.count();
      this.light = this.parts.streams.countLight();
    }
    const { skipped, crowded } = this.parts;
    const unsuitable = this.counted.unsuitable + skipped.size + crowded.size;
    return { ...this.counted, unsuitable, evicted: this.evictions, light: this.light };
  }

  /** Unsuitable series by what is the matter with them; sums up to that count. */
  unsuitable(): Readonly<Record<UnsuitableReason, number>> {
    const { skipped, crowded } = this.parts;
    this.counts();
    return {
      ...{ constant: this.constant, several_writers: this.counted.unsuitable - this.constant },
      ...{ not_for_scoring: skipped.size, no_place: crowded.count('no_place') },
      too_many_of_a_service: crowded.count('too_many_of_a_service'),
    };
  }

  private count(): CountedNow {
    const counted = { ...NOTHING };
    let learnedAtMs = 0;
    this.constant = 0;
    for (const entry of this.parts.series.from(0)) {
      const state = this.stateOf(entry);
      counted[state]++;
      if (state === 'unsuitable' && !this.hasSeveralWriters(entry)) this.constant++;
      if (state === 'learning') learnedAtMs = Math.max(learnedAtMs, readyAt(entry, this.parts) ?? 0);
    }
    const history = this.parts.historyCounts();
    return {
      ...counted,
      ...(learnedAtMs === 0 ? {} : { learnedAtMs }),
      ...(history === undefined
        ? {}
        : { fromHistory: history.learned, awaitingHistory: history.waiting + history.reading + history.failed }),
    };
  }

  /** Series by slot, then those that were evicted of late, then what is watched lightly, skipped on purpose or watched as one. */
  *entries(place: number): Generator<Placed<CoverageEntry>> {
    for (const entry of this.parts.series.from(place)) {
      yield { place: entry.slot, item: this.describe(entry, this.stateOf(entry)) };
    }
    const first = this.evictions - this.evicted.length;
    for (const [index, item] of this.evicted.entries()) {
      const at = EVICTED_PLACES + first + index;
      if (at >= place) yield { place: at, item };
    }
    for (const [from, items] of [
      [LIGHT_PLACES, this.parts.lightKinds.entries()],
      [SKIPPED_PLACES, this.parts.skipped.entries()],
    ] as const) {
      for (const [index, item] of items.entries()) if (from + index >= place) yield { place: from + index, item };
    }
    for (const { place: at, entry } of this.parts.crowded.entries()) {
      if (CROWDED_PLACES + at >= place) yield { place: CROWDED_PLACES + at, item: entry };
    }
  }

  /** Limits that telemetry reaches, one sentence each. */
  limits(): string[] {
    const crowded = [...this.parts.crowded.entries().map(({ entry }) => entry.why), ...this.parts.heldOnsets()];
    const { light = 0 } = this.counts();
    if (light === 0) return crowded;
    const scored = 'they are watched lightly, and get a place when they turn odd and another is idle.';
    return [...crowded, `${light} metric streams found all places taken (score.max_series): ${scored}`];
  }

  *listings(place: number): Generator<Placed<SeriesListing>> {
    for (const entry of this.parts.series.from(place)) {
      const { series, slot, lastTimeMs: timeMs, lastValue: value, lastScore } = entry;
      const learning = learningOf(entry, this.parts);
      const listing = { series, title: titleOf(series), state: this.stateOf(entry), learning };
      const last = timeMs === 0 ? {} : { last: { timeMs, value, score: Number.isNaN(lastScore) ? 0 : lastScore } };
      yield { place: slot, item: { ...listing, ...last } };
    }
  }

  stateOf({ ensemble, at, subject, measure }: SeriesEntry): WatchState {
    const { subjects, learningSteps } = this.parts;
    if ((subjects.conflicts[subject] as number) > UNSUITABLE) return 'unsuitable';
    if (this.isSilent(subject)) return 'silent';
    if (kindTable[subjects.kind[subject] as number]?.event === true) return 'scored';
    if (ensemble.ageOf(at) < learningSteps) return 'learning';
    return measure === 'value' && ensemble.isConstant(at) ? 'unsuitable' : 'scored';
  }

  private describe(entry: SeriesEntry, state: WatchState): CoverageEntry {
    const { series, lastTimeMs } = entry;
    const learning = learningOf(entry, this.parts);
    const named = { seriesId: series.id, title: titleOf(series), service: series.service };
    const base = { ...named, state, tier: 'full', learning, sinceMs: lastTimeMs } as const;
    if (state === 'silent') return { ...base, why: SILENT, sinceMs: this.lastSeenMs(entry) };
    if (state === 'scored') return { ...base, why: 'Every step is judged.' };
    if (state === 'unsuitable') return { ...base, why: this.whyUnsuitable(entry) };
    const left = this.parts.learningSteps - entry.ensemble.ageOf(entry.at);
    const { readyAtMs = 0 } = learning;
    return { ...base, why: `It needs ${left} more steps with data.`, readyAtMs };
  }

  /** By its service's signal; a metric also by itself. */
  private isSilent(subject: number): boolean {
    const { subjects, services, newestClosed } = this.parts;
    const presence = subjects.presence[subject] as number;
    if (services.isSilent(presence < 0 ? subject : presence, newestClosed())) return true;
    const kind = kindTable[subjects.kind[subject] as number];
    if (presence < 0 || kind?.counts === true || kind?.signal !== 'metrics') return false;
    return newestClosed() - (subjects.lastSeen[subject] as number) > MISSED_STEPS * (subjects.step[subject] as number);
  }

  private lastSeenMs({ subject }: SeriesEntry): number {
    return ((this.parts.subjects.lastSeen[subject] as number) + 1) * this.parts.bucketMs;
  }

  private hasSeveralWriters({ subject }: SeriesEntry): boolean {
    return (this.parts.subjects.conflicts[subject] as number) > UNSUITABLE;
  }

  private whyUnsuitable(entry: SeriesEntry): string {
    return this.hasSeveralWriters(entry)
      ? 'Several writers send it under one identity, so what it adds up to is unknown. Give them an instance id.'
      : 'It never changes. It is judged again when it moves.';
  }
}
