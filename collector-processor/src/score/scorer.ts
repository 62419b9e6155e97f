import type { Measure } from '../model/anomaly.ts';
import type { SlotState } from './state/slot-state.ts';
import type { Prior } from './tail-models.ts';

/** One closed step of one series. One object is reused for all of them. */
export interface Step {
  /** As published: per second, nanoseconds, a share, the sender's unit. */
  value: number;
  /** The value on the scale where noise is about even (see measure-profile.ts). Detectors compare levels. */
  level: number;
  /** Noise that is there even if it was never seen: a standard deviation on the same scale, and a share of the level. */
  floor: number;
  relativeFloor: number;
  /** +1 above what is expected, -1 below. */
  direction: 1 | -1;
  /** End of the step, event time, milliseconds since the epoch. */
  timeMs: number;
  stepMs: number;
  /** Points, spans or records behind the value, and how many of them failed. */
  events: number;
  failures: number;
  /** Steps seen before this one. */
  age: number;
  /** Weight of what is measured, where a detector wants it: severity of a template, steps without data for silence. */
  detail: number;
  /** The middle of the step as clocks on the wall show it there, as milliseconds since the epoch would be in UTC. */
  wallMs: number;
  holiday: boolean;
  /**
   * How far the level is from what the series' season expects, in its usual distances, above or below; NaN where no season
   * explains the series. Set by the ensemble.
   */
  season: number;
}

/** What a detector asks. Every question weighs the same, however many detectors ask it. */
export type Question = 'level' | 'spread' | 'record' | 'pattern' | 'events';

/**
 * What a detector is. To add one: a file in score/<signal>/ that exports a `Detector`, a line in registry.ts, and a
 * scenario test. Which question it asks decides with whom it shares a
 * vote. The ensemble calibrates its raw score with a tail model of its own, so a detector needs no threshold.
 */
export interface Detector {
  readonly name: string;
  readonly question: Question;
  /** Raised when the meaning of its state changes; a snapshot of another version is left out. */
  readonly version: number;
  readonly measures: readonly Measure[];
  /** True for a detector that speaks while the series is still in its learning steps. */
  readonly speaksWhileLearning: boolean;
  readonly prior: Prior;
  /** It judges by what is usual at this time, and on a series that keeps to that its word alone may make a finding. */
  readonly seasonal?: true;
  create(capacity: number): Scorer;
  /** What the raw score says, as a short text without the series' name. */
  describe(score: number): string;
}

/** A detector's state for a chunk of series, and what it makes of their steps. */
export interface Scorer {
  readonly state: SlotState;
  /** Called once, when the learning steps are over, with the levels they gave. */
  start(slot: number, levels: Float32Array): void;
  /**
   * Raw score in the direction of `step.direction`: 0 and up, never lower for a level further out; NaN while the
   * detector has nothing to say.
   */
  score(slot: number, step: Step): number;
  /** The level it expects, NaN if it does not predict. */
  predict(slot: number, step: Step): number;
  /** The level at which its raw score is `score` on that side; NaN if it does not predict. */
  bound(slot: number, step: Step, score: number, direction: 1 | -1): number;
  /**
   * Called after `score`. `trust` falls from 1 to 0 as the step nears the border; at 0 only what must follow the present
   * may move, so that a fault does not become normal while it lasts.
   */
  learn(slot: number, step: Step, trust: number): void;
  /** For the one that knows of seasons: what it says of a step, before anybody is asked for a score. */
  season?(slot: number, step: Step): SeasonView;
  /** The seasons that it knows or learns. */
  states?(slot: number): SeasonState[];
  /** A step of long ago, for what knows of days and weeks: only its time and level count. Called before all others. */
  recall?(slot: number, step: Step): void;
  /** A finding is over: what it left behind in running averages is no news. */
  rest?(slot: number): void;
  /** A lasting level becomes the new normal. */
  absorb(slot: number, step: Step, lasting: Lasting): void;
}

export interface SeasonView {
  /** As `Step.season`. */
  readonly distance: number;
  /** It explains the series so well, and for so long, that its word may count without any other. */
  readonly alone: boolean;
  /** Of the season that explains it: a day, a week, or a cycle of its own. */
  readonly periodMs: number;
}

export interface SeasonState {
  readonly periodMs: number;
  /** `unused`: it explains nothing of this series. */
  readonly state: 'learning' | 'used' | 'unused';
  /** Whole periods that it still has to see. */
  readonly periodsLeft?: number;
  /** Share of the error of following the series that is gone with it. */
  readonly explained?: number;
}

/** What the series looked like of late. */
export interface Lasting {
  readonly level: number;
  readonly spread: number;
}

/** Smallest believable noise around a level. */
export function noiseFloor(step: Step, level: number): number {
  return Math.max(step.floor, step.relativeFloor * Math.abs(level));
}

/** For scorers that only judge. */
export function noPrediction(): number {
  return NaN;
}
