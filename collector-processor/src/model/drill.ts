import type { Series } from './anomaly.ts';

/** How a drill departs from what is real. */
export type FaultKind = 'point' | 'level' | 'trend' | 'spread' | 'silence';
export const faultKinds: readonly FaultKind[] = ['point', 'level', 'trend', 'spread', 'silence'];

/** How well one detector does alone: a step in which it agrees is one in which it is past three quarters of the border. */
export interface DetectorDrills {
  readonly detector: string;
  readonly recall: number;
  /** Median, in steps after the first; NaN when it agreed to none. */
  readonly delaySteps: number;
}

/** What became of the newest drills of a kind. */
export interface DrillKind {
  readonly kind: FaultKind;
  readonly running: number;
  readonly found: number;
  readonly missed: number;
  /** Ended because something real was odd meanwhile, or nothing came any more; since the start. */
  readonly voided: number;
  /** NaN before the first has ended. */
  readonly recall: number;
  /** Median of the found ones: 0 is the first step of the fault. */
  readonly delaySteps: number;
  readonly detectors: readonly DetectorDrills[];
}

/** A drill that nobody noticed. */
export interface MissedDrill {
  readonly kind: FaultKind;
  readonly series: Series;
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  /** How far the value was moved, in units of the measure; of a trend at its end. NaN where no value is moved. */
  readonly change: number;
  readonly peakScore: number;
}

export interface DrillReport {
  readonly sinceMs: number;
  /** How far faults go, as many times as the end of the band, and how long they are. */
  readonly size: number;
  readonly steps: number;
  readonly kinds: readonly DrillKind[];
  /** Newest first. */
  readonly missed: readonly MissedDrill[];
}
