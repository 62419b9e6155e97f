import type { Measure } from '../../model/anomaly.ts';
import type { DrillReport, FaultKind } from '../../model/drill.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import { Ensemble, type EnsembleOptions } from '../ensemble.ts';
import { titleOf } from '../finding-sentence.ts';
import type { Findings } from '../findings.ts';
import { Onset } from '../onset.ts';
import type { Detector } from '../scorer.ts';
import { type Judgement, type Onlooker, type SeriesJudge, stateOf } from '../series-judge.ts';
import { copyPlace } from '../state/place.ts';
import type { SeriesEntry } from '../state/series-store.ts';
import { DrillChoice } from './drill-choice.ts';
import type { DrillOptions } from './drill-options.ts';
import { DrillResults } from './drill-results.ts';
import { canHave, distort, planFault, type RehearsedFault } from './rehearsed-fault.ts';

export interface DrillParts {
  readonly options: DrillOptions;
  /** Of the live configuration, as it acts. */
  readonly live: EnsembleOptions;
  readonly detectors: readonly Detector[];
  /** Judges by the live rules, with a step and a verdict of its own. */
  readonly judge: Pick<SeriesJudge, 'weigh'>;
  readonly findings: Pick<Findings, 'of'>;
  readonly nowMs: () => number;
  readonly metrics: SelfMetrics;
}

interface Drill {
  readonly entry: SeriesEntry;
  readonly fault: RehearsedFault;
  readonly place: number;
  readonly startMs: number;
  readonly agreedAt: Map<string, number>;
  at: number;
  foundAt: number;
  peakScore: number;
  lastMs: number;
}

/** A real step from here on is odd: what is found on it says nothing of the drill. */
const ODD = 0.5;
/** A single odd step has to be noticed while it is still in the memory of the onset. */
const POINT_STEPS = 3;
/** Steps without data after which a drill ends without a result. */
const MISSED_STEPS = 10;

/**
 * Small faults in copies of a few live series, for what recall and delay are right now. A drill begins with a copy of what the
 * detectors know of a series that is quiet; from then on the copy sees the real steps with the fault in them, and learns on. The
 * live series, findings, history and publishing never see any of it.
 */
export class Drills implements Onlooker {
  private readonly parts: DrillParts;
  private readonly ensemble: Ensemble;
  private readonly onset: Onset;
  private readonly running = new Map<number, Drill>();
  private readonly underWay = new Map<FaultKind, number>();
  private readonly free: number[];
  private readonly choice = new DrillChoice();
  private readonly results: DrillResults;
  private readonly counters: ReadonlyMap<FaultKind, Readonly<Record<'found' | 'missed' | 'voided', Counter>>>;
  private readonly sinceMs: number;

  constructor(parts: DrillParts) {
    const { options, detectors, live, metrics, nowMs } = parts;
    this.parts = parts;
    this.ensemble = new Ensemble(options.atOnce, detectors, live);
    this.onset = new Onset(options.atOnce);
    this.free = Array.from({ length: options.atOnce }, (_one, at) => at);
    this.results = new DrillResults(options.window);
    this.sinceMs = nowMs();
    const help = 'Faults in copies of live series, by what became of them.';
    const counter = (kind: FaultKind, outcome: string): Counter =>
      metrics.counter({ name: 'sentinel_drills_total', help, labels: { kind, outcome } });
    this.counters = new Map(
      options.kinds.map((kind) => [
        kind,
        { found: counter(kind, 'found'), missed: counter(kind, 'missed'), voided: counter(kind, 'voided') },
      ]),
    );
    for (const kind of options.kinds) this.registerGauges(kind);
  }

  report(): DrillReport {
    const kinds = this.parts.options.kinds.map((kind) => ({
      ...this.results.describe(kind),
      running: this.underWay.get(kind) ?? 0,
    }));
    const { size, steps } = this.parts.options;
    return { sinceMs: this.sinceMs, size, steps, kinds, missed: this.results.newestMissed };
  }

  take(live: Judgement): void {
    const drill = this.running.get(live.entry.slot);
    if (drill === undefined) this.mayStart(live);
    else if (drill.entry !== live.entry || this.isDisturbed(drill, live)) this.end(drill);
    else this.step(drill, live);
  }

  private mayStart(live: Judgement): void {
    const { options, live: acting, findings } = this.parts;
    const kind = this.rarest(live.entry.measure);
    if (kind === undefined) return;
    const { entry, reading, score } = live;
    const isQuiet = score < ODD && entry.ensemble.ageOf(entry.at) > acting.learningSteps;
    if (!isQuiet || findings.of(entry.slot) !== undefined || !this.choice.take(kind, reading.timeMs)) return;
    if (this.free.length === 0) this.expire(reading.timeMs);
    const place = this.free.at(-1);
    if (place === undefined) return;
    const steps = kind === 'point' ? POINT_STEPS : options.steps;
    const fault = planFault(live, { kind, size: options.size, steps, up: this.choice.toss() });
    if (fault === undefined) return;
    this.free.pop();
    copyPlace(entry, { ensemble: this.ensemble, onset: this.onset, at: place });
    const begun = { startMs: reading.timeMs, lastMs: reading.timeMs, at: 0, foundAt: -1, peakScore: 0 };
    this.underWay.set(kind, (this.underWay.get(kind) ?? 0) + 1);
    this.running.set(entry.slot, { entry, fault, place, agreedAt: new Map(), ...begun });
  }

  /** Of the kinds that a series can have, the one of which the fewest are under way; undefined when each has its share. */
  private rarest(measure: Measure): FaultKind | undefined {
    const { kinds, atOnce } = this.parts.options;
    let least = Math.ceil(atOnce / kinds.length);
    let rarest: FaultKind | undefined;
    for (const kind of kinds) {
      const running = this.underWay.get(kind) ?? 0;
      if (running >= least || !canHave(kind, measure)) continue;
      least = running;
      rarest = kind;
    }
    return rarest;
  }

  /** Something real is odd, or the live series has learned from elsewhere what the copy does not know. */
  private isDisturbed({ entry, place }: Drill, { score }: Judgement): boolean {
    return score >= ODD || entry.ensemble.ageOf(entry.at) !== this.ensemble.ageOf(place) + 1;
  }

  private step(drill: Drill, live: Judgement): void {
    const { entry, fault, place, at } = drill;
    const reading = { ...live.reading };
    distort(reading, live, fault, at);
    const scratch = { ...entry, ensemble: this.ensemble, onset: this.onset, at: place };
    const { score, step, verdict, profile } = this.parts.judge.weigh(scratch, reading);
    const starts = this.onset.take(place, score, verdict.alone) >= 0 || (profile.atOnce && score >= 1);
    for (const { detector, agreed } of this.ensemble.reasons(entry.measure, step, verdict)) {
      if ((drill.agreedAt.get(detector) ?? -1) < 0) drill.agreedAt.set(detector, agreed ? at : -1);
    }
    this.ensemble.learn(place, entry.measure, step, verdict, stateOf(drill.foundAt >= 0, starts, score));
    if (starts && drill.foundAt < 0) drill.foundAt = at;
    if (score > drill.peakScore) drill.peakScore = score;
    drill.lastMs = reading.timeMs;
    drill.at++;
    if (drill.at >= fault.steps) this.end(drill);
  }

  /** With a result when it was found, or had all of its steps. */
  private end(drill: Drill): void {
    const { entry, fault, place, at, foundAt, agreedAt, startMs, lastMs: endMs, peakScore } = drill;
    const { kind, change } = fault;
    this.running.delete(entry.slot);
    this.underWay.set(kind, (this.underWay.get(kind) ?? 1) - 1);
    this.free.push(place);
    const counters = this.counters.get(kind);
    if (foundAt < 0 && at < fault.steps) {
      this.results.void(kind);
      counters?.voided.add(1);
      return;
    }
    this.results.add(kind, { foundAt, agreedAt });
    counters?.[foundAt < 0 ? 'missed' : 'found'].add(1);
    if (foundAt >= 0) return;
    const { series } = entry;
    this.results.miss({ kind, series, title: titleOf(series), startMs, endMs, change, peakScore });
  }

  private expire(timeMs: number): void {
    for (const drill of this.running.values()) {
      if (timeMs - drill.lastMs > MISSED_STEPS * drill.entry.stepMs) this.end(drill);
    }
  }

  private registerGauges(kind: FaultKind): void {
    const { metrics, detectors } = this.parts;
    const labels = { kind };
    const recall = 'Share of the newest drills of a kind that were found.';
    metrics.gauge({ name: 'sentinel_drill_recall', help: recall, labels }, () => this.results.recall(kind));
    const delay = 'Median steps until a drill was found; 0 is its first step.';
    metrics.gauge({ name: 'sentinel_drill_delay_steps', help: delay, labels }, () => this.results.delay(kind));
    const each = 'Share of the newest drills of a kind to which a detector agreed.';
    const late = 'Median steps until a detector agreed to a drill; 0 is its first step.';
    for (const { name: detector, measures } of detectors) {
      if (!measures.some((measure) => canHave(kind, measure))) continue;
      const own = { kind, detector };
      metrics.gauge({ name: 'sentinel_drill_detector_recall', help: each, labels: own }, () =>
        this.results.recallOf(kind, detector),
      );
      metrics.gauge({ name: 'sentinel_drill_detector_delay_steps', help: late, labels: own }, () =>
        this.results.delayOf(kind, detector),
      );
    }
  }
}
