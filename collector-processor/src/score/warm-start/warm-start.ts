import type { HistoryState, ReadHistory } from '../../model/history.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { SelfMetrics } from '../../runtime/self-metrics.ts';
import type { Findings } from '../findings.ts';
import { numericMeasures } from '../measure-profile.ts';
import type { SeriesEntry, SeriesStore } from '../state/series-store.ts';
import type { SubjectStore } from '../state/subject-store.ts';
import { kindTable } from '../subject-kinds.ts';
import { type PastOptions, readPast } from './past-reader.ts';
import { Rehearsal, type RehearsalParts } from './rehearsal.ts';

/** What the warm start is told. Durations in milliseconds. */
export interface WarmStartOptions {
  readonly enabled: boolean;
  readonly span: number;
  readonly steps: number;
  /** Metrics, operations, kinds of lines that are looked up at a time, and in one run of the program. */
  readonly concurrency: number;
  readonly maxLookups: number;
  readonly retryAfter: number;
  /** Share of one core that going through the past may take. */
  readonly cpuShare: number;
}

export interface WarmStartParts extends RehearsalParts {
  readonly warmStart: WarmStartOptions;
  readonly learningSteps: number;
  readonly bucketMs: number;
  readonly series: SeriesStore;
  readonly subjects: SubjectStore;
  readonly findings: Pick<Findings, 'isOpen'>;
  readonly read: ReadHistory;
  readonly clock: Clock;
  readonly metrics: SelfMetrics;
}

const states = ['waiting', 'reading', 'learned', 'none', 'failed'] as const satisfies readonly HistoryState[];
const IDLE_MS = 1000;
/** Places looked at between two turns of the event loop, and steps that a series shows its cadence in. */
const PLACES = 2000;
const LIVE_STEPS = 3;
/** Work between two pauses. */
const SLICE_MS = 5;

/**
 * Learns from the metrics store what a new series was like, in the background: after its first live steps its past is read
 * and rehearsed. A series that has learned more by itself, or has a finding, is left alone. Where a run left off the next
 * one goes on, because the snapshot knows which series were looked up.
 */
export class WarmStart {
  private readonly parts: WarmStartParts;
  private readonly past: PastOptions;
  private readonly states: Uint8Array;
  private readonly serials: Uint32Array;
  private readonly retryAtMs: Float64Array;
  private readonly steps;
  private lookups = 0;
  private cursor = 0;

  constructor(parts: WarmStartParts) {
    this.parts = parts;
    const { warmStart, learningSteps, subjects, metrics } = parts;
    this.past = { ...warmStart, learningSteps };
    this.states = new Uint8Array(subjects.capacity);
    this.serials = new Uint32Array(subjects.capacity);
    this.retryAtMs = new Float64Array(subjects.capacity);
    this.steps = metrics.counter({ name: 'sentinel_warm_start_steps_total', help: 'Steps learned from history.' });
    const help = 'Metrics, operations and kinds of lines by what became of their history.';
    for (const state of states) {
      metrics.gauge({ name: 'sentinel_warm_start', help, labels: { state } }, () => this.counts()[state]);
    }
  }

  /** Until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    if (!this.parts.warmStart.enabled) return;
    await Promise.all(Array.from({ length: this.parts.warmStart.concurrency }, () => this.work(signal)));
  }

  /** Undefined for what has no history to be learned from. */
  stateOf(subject: number): HistoryState | undefined {
    if (this.parts.subjects.asked[subject] === 1) return this.isOwn(subject) ? this.known(subject) : 'learned';
    if (!this.parts.warmStart.enabled || !isNumericKind(this.parts.subjects.kind[subject] as number)) return undefined;
    return this.isOwn(subject) ? this.known(subject) : 'waiting';
  }

  counts(): Record<HistoryState, number> {
    const counts = { waiting: 0, reading: 0, learned: 0, none: 0, failed: 0 };
    const { subjects } = this.parts;
    for (let subject = 0; subject < subjects.extent; subject++) {
      const state = subjects.kind[subject] === 0 ? undefined : this.stateOf(subject);
      if (state !== undefined) counts[state]++;
    }
    return counts;
  }

  private async work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const subject = this.next();
      if (subject === undefined) await this.parts.clock.sleep(IDLE_MS, signal);
      else await this.lookUp(subject, signal);
    }
  }

  /** The next one that wants its history, among the next places. */
  private next(): number | undefined {
    const { subjects, warmStart } = this.parts;
    if (this.lookups >= warmStart.maxLookups) return undefined;
    for (let looked = 0; looked < Math.min(PLACES, subjects.extent); looked++) {
      this.cursor = (this.cursor + 1) % subjects.extent;
      if (this.wants(this.cursor)) return this.cursor;
    }
    return undefined;
  }

  private wants(subject: number): boolean {
    const { subjects, clock } = this.parts;
    if (subjects.kind[subject] === 0 || subjects.asked[subject] === 1) return false;
    if (this.isOwn(subject)) {
      const state = this.known(subject);
      if (state === 'reading' || clock.monotonicMs() < (this.retryAtMs[subject] as number)) return false;
    }
    return this.entriesOf(subject).some((entry) => this.isYoung(entry));
  }

  private isYoung(entry: SeriesEntry): boolean {
    const age = entry.ensemble.ageOf(entry.at);
    const isSeen = entry.lastTimeMs > 0 && entry.stepMs > 0 && age >= LIVE_STEPS;
    return isSeen && isNumeric(entry) && age < this.past.steps && !this.parts.findings.isOpen(entry.slot);
  }

  private async lookUp(subject: number, signal: AbortSignal): Promise<void> {
    const { subjects, warmStart, clock } = this.parts;
    const serial = subjects.serial[subject] as number;
    this.lookups++;
    this.mark(subject, 'reading');
    const outcomes = new Set<HistoryState>();
    for (const entry of this.entriesOf(subject)) {
      if (this.isYoung(entry)) outcomes.add(await this.learn(entry, subject, serial, signal));
    }
    if (subjects.serial[subject] !== serial || signal.aborted) return;
    if (outcomes.has('failed')) {
      // A store that does not answer uses up no look-up.
      this.lookups--;
      this.retryAtMs[subject] = clock.monotonicMs() + warmStart.retryAfter;
      this.mark(subject, 'failed');
      return;
    }
    subjects.asked[subject] = 1;
    this.mark(subject, outcomes.has('learned') ? 'learned' : 'none');
  }

  private async learn(
    entry: SeriesEntry,
    subject: number,
    serial: number,
    signal: AbortSignal,
  ): Promise<'learned' | 'none' | 'failed'> {
    const { subjects, findings, read } = this.parts;
    const outcome = await readPast(entry, this.past, read, signal);
    if (outcome.kind !== 'past') return outcome.kind;
    const { long, recent } = outcome;
    const rehearsal = new Rehearsal(this.parts);
    await this.inSlices(rehearsal.run(entry, long, recent), signal);
    const isStill = subjects.serial[subject] === serial && !findings.isOpen(entry.slot) && !signal.aborted;
    if (!isStill || entry.ensemble.ageOf(entry.at) >= recent.value.length) return 'none';
    rehearsal.adopt(entry);
    this.steps.add(recent.value.length + (long?.value.length ?? 0));
    const first = Math.floor(((long ?? recent).timeMs[0] as number) / this.parts.bucketMs);
    subjects.since[subject] = Math.min(subjects.since[subject] as number, first);
    return 'learned';
  }

  /** With pauses that keep it to its share of a core. */
  private async inSlices(work: Generator<void>, signal: AbortSignal): Promise<void> {
    const { clock, warmStart } = this.parts;
    let started = clock.monotonicMs();
    for (let step = work.next(); step.done !== true && !signal.aborted; step = work.next()) {
      const spent = clock.monotonicMs() - started;
      if (spent < SLICE_MS) continue;
      await clock.sleep(spent / warmStart.cpuShare - spent, signal);
      started = clock.monotonicMs();
    }
  }

  private entriesOf(subject: number): SeriesEntry[] {
    const { subjects, series } = this.parts;
    return subjects.slotsOf(subject).flatMap((slot) => series.get(slot) ?? []);
  }

  private isOwn(subject: number): boolean {
    return this.serials[subject] === this.parts.subjects.serial[subject] && this.serials[subject] !== 0;
  }

  private known(subject: number): HistoryState {
    return states[this.states[subject] as number] ?? 'waiting';
  }

  private mark(subject: number, state: HistoryState): void {
    this.states[subject] = states.indexOf(state);
    this.serials[subject] = this.parts.subjects.serial[subject] as number;
  }
}

const numericKinds = kindTable.map(({ measures }) =>
  measures.some((measure) => (numericMeasures as readonly string[]).includes(measure)),
);

function isNumericKind(kind: number): boolean {
  return numericKinds[kind] === true;
}

function isNumeric({ measure }: SeriesEntry): boolean {
  return numericMeasures.includes(measure);
}
