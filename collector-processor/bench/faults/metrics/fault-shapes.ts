import type { SeriesModel } from '../series/model.ts';
import { DAY_MS, MINUTE_MS } from '../series/season.ts';
import type { Effect } from './effect.ts';

interface Range {
  readonly startMs: number;
  readonly endMs: number;
}

/** Up or down by so many units of its own noise. */
export function shifted(range: Range, units: number): Effect {
  return { ...range, level: (expected, spread) => expected + units * spread };
}

/** Goes there in a straight line. */
export function ramped(range: Range, units: number): Effect {
  const length = range.endMs - range.startMs;
  return {
    ...range,
    level: (expected, spread, timeMs) => expected + (units * spread * (timeMs - range.startMs)) / length,
  };
}

/** The daily pattern comes earlier or later. */
export function outOfPhase(range: Range, byMs: number): Effect {
  return { ...range, clock: (localMs) => localMs + byMs };
}

/** Swings so many times as far around its daily mean: 0 is flat, -1 upside down. */
export function swung(range: Range, model: SeriesModel, factor: number): Effect {
  const { mean } = dayOf(model);
  return { ...range, level: (expected) => mean + factor * (expected - mean) };
}

/** Stays at the bottom of its cycle. */
export function skipped(range: Range, model: SeriesModel): Effect {
  const { least } = dayOf(model);
  return { ...range, level: () => least };
}

export function noisier(range: Range, factor: number): Effect {
  return { ...range, noise: factor };
}

export function stuck(range: Range): Effect {
  return { ...range, stuck: true };
}

export function silent(range: Range): Effect {
  return { ...range, silent: true };
}

/** What a working day of the model looks like. */
export function dayOf(model: SeriesModel): { mean: number; least: number; most: number } {
  // Day 5 of the epoch was a Tuesday.
  const values = Array.from({ length: 1440 }, (_, minute) => model.expected(5 * DAY_MS + minute * MINUTE_MS));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, least: Math.min(...values), most: Math.max(...values) };
}

/** How far the daily pattern stands out of the noise. */
export function standsOut(model: SeriesModel): number {
  const { mean, least, most } = dayOf(model);
  return (most - least) / model.spread(mean);
}
