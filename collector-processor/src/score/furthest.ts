import { aloneIn } from './onset.ts';
import { SeriesState } from './state/series-state.ts';
import type { StepState, Verdict } from './verdict.ts';

/** Steps in which the furthest one counts half: four weeks of a minute. So many tries are remembered at most. */
const HALVING = 40_000;
const KEPT = 2 ** (-1 / HALVING);
/** Fewer tries say nothing. */
const FEWEST_TRIES = 10;
/** A lone step counts in full where chance goes as far once in this time. */
const ONCE_IN_MS = 100 * 86_400_000;

/**
 * How far the steps of a series have gone from what was expected, those of findings apart. A distance beyond all of `n` tries has a
 * chance of 1/n, and one `c` times the furthest about n^-c where tails are exponential: a series with rare large values has
 * gone far already, a quiet one has not.
 */
export class Furthest {
  readonly state: SeriesState;
  private readonly furthest: Float32Array;
  private readonly steps: Uint16Array;

  constructor(capacity: number) {
    this.state = new SeriesState(capacity);
    this.furthest = this.state.float32();
    this.steps = this.state.uint16();
  }

  /** Share of a lone odd step that counts; never lower further out. A try is a stretch of so many steps (see stretches.ts). */
  share(slot: number, distance: number, stepMs: number, stretch: number): number {
    const furthest = this.furthest[slot] as number;
    const tries = (this.steps[slot] as number) / stretch;
    const least = aloneIn(stepMs);
    if (!(furthest > 0) || tries < FEWEST_TRIES) return least;
    const due = Math.log10(ONCE_IN_MS / (stepMs * stretch));
    return Math.min(1, Math.max(least, ((distance / furthest) * Math.log10(tries)) / due));
  }

  learn(slot: number, { forecaster, distance }: Verdict, state: StepState): void {
    if (forecaster < 0 || state === 'onset' || state === 'finding') return;
    this.furthest[slot] = Math.max(KEPT * (this.furthest[slot] as number), distance);
    this.steps[slot] = Math.min(HALVING, (this.steps[slot] as number) + 1);
  }
}
