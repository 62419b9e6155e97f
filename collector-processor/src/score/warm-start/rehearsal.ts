import type { Frame } from '../buckets/frame.ts';
import { Ensemble, type EnsembleOptions } from '../ensemble.ts';
import { Onset } from '../onset.ts';
import type { Reading } from '../reading.ts';
import type { Detector } from '../scorer.ts';
import type { Judgement, SeriesJudge } from '../series-judge.ts';
import { copyPlace } from '../state/place.ts';
import type { SeriesEntry } from '../state/series-store.ts';

export interface Past {
  readonly timeMs: Float64Array;
  readonly value: Float64Array;
  readonly stepMs: number;
}

export interface RehearsalParts {
  readonly detectors: readonly Detector[];
  readonly options: EnsembleOptions & { readonly newNormalAfter: number };
  readonly judge: Pick<SeriesJudge, 'weigh'>;
  readonly frame: Frame;
}

/** Steps between two yields. */
const SLICE = 200;
/** As in findings: what is below is quiet, so many quiet steps end an odd stretch, and so many odd ones are a new normal. */
const QUIET = 0.5;
const QUIET_STEPS = 3;
const NEW_NORMAL_STEPS = 24;
const ODD = 1;
/** A rate is one of things when nearly all of its steps come to whole numbers. */
const WHOLE = 1e-6;
const MOSTLY = 0.9;

/**
 * Goes through the past of a series as if it were happening, in a place of its own, and tells nobody. What detectors, tail
 * models and habituation learned is then put into the place of the series at once, so that live steps in between meet the
 * old state or the new one, never half of it.
 */
export class Rehearsal {
  private readonly parts: RehearsalParts;
  private readonly ensemble: Ensemble;
  private readonly onset = new Onset(1);
  private readonly reading: Reading;
  private oddSinceMs = NaN;
  private lastOddMs = NaN;
  private quiet = 0;
  private peakDistance = 0;

  constructor(parts: RehearsalParts) {
    this.parts = parts;
    this.ensemble = new Ensemble(1, parts.detectors, parts.options);
    this.reading = {
      ...{ value: 0, events: 1, failures: 0, timeMs: 0, stepMs: 0, detail: NaN, weight: 1, isCount: false },
      ...{ frame: parts.frame, row: -1 },
    };
  }

  /** `long` goes into what is known of days and weeks only, `recent` into everything. Yields between slices of work. */
  *run(entry: SeriesEntry, long: Past | undefined, recent: Past): Generator<void> {
    const scratch: SeriesEntry = { ...entry, ensemble: this.ensemble, onset: this.onset, at: 0 };
    this.ensemble.clear(0);
    this.onset.state.clear(0);
    this.oddSinceMs = NaN;
    this.reading.isCount = entry.series.signal !== 'metrics' || comesToWholes(recent);
    for (const past of long === undefined ? [recent] : [long, recent]) {
      for (let i = 0; i < past.value.length; i++) {
        if (i % SLICE === SLICE - 1) yield;
        this.reading.value = past.value[i] as number;
        this.reading.timeMs = past.timeMs[i] as number;
        this.reading.stepMs = past.stepMs;
        if (past === long) this.ensemble.recall(0, entry.measure, this.parts.judge.weigh(scratch, this.reading).step);
        else this.take(scratch);
      }
    }
  }

  /** Puts what was learned into the place of the series. */
  adopt(entry: SeriesEntry): void {
    copyPlace({ ensemble: this.ensemble, onset: this.onset, at: 0 }, entry);
  }

  private take(scratch: SeriesEntry): void {
    const judgement = this.parts.judge.weigh(scratch, this.reading);
    const starts = this.onset.take(0, judgement.score, judgement.verdict.alone) >= 0;
    const isOpen = !Number.isNaN(this.oddSinceMs);
    const lone = judgement.score >= ODD ? 'odd' : 'quiet';
    const state = isOpen ? 'finding' : starts ? 'onset' : lone;
    if (isOpen || starts) this.follow(judgement);
    this.ensemble.learn(0, scratch.measure, judgement.step, judgement.verdict, state);
  }

  /** What a finding would have done: an odd stretch ends, or it becomes the normal. */
  private follow({ held, step, verdict, profile, entry }: Judgement): void {
    if (Number.isNaN(this.oddSinceMs)) {
      this.oddSinceMs = step.timeMs;
      this.peakDistance = 0;
    }
    this.peakDistance = Math.max(this.peakDistance, verdict.distance);
    this.quiet = held >= QUIET ? 0 : this.quiet + 1;
    if (held >= QUIET) this.lastOddMs = step.timeMs;
    const patience = Math.max(NEW_NORMAL_STEPS * step.stepMs, this.parts.options.newNormalAfter * profile.patience);
    const isLasting = step.timeMs - this.oddSinceMs > patience;
    if (isLasting) this.ensemble.absorb(0, entry.measure, step);
    if (!isLasting && this.quiet < QUIET_STEPS) return;
    this.ensemble.remember(0, this.peakDistance, this.lastOddMs);
    this.oddSinceMs = NaN;
  }
}

function comesToWholes({ value, stepMs }: Past): boolean {
  const counts = value.map((rate) => (rate * stepMs) / 1000);
  const whole = counts.filter((count) => Math.abs(count - Math.round(count)) <= WHOLE * Math.max(1, count));
  return whole.length >= MOSTLY * counts.length;
}
