/** A lone odd step, the first of a finding, and those in which one was open already. */
export type StepState = 'quiet' | 'odd' | 'onset' | 'finding';

/** What was made of one step. One object is reused for all of them. */
export interface Verdict {
  /** 0 and up, 1 is the notice border; before the gates. */
  score: number;
  /** The word of the forecasting detector alone, on the same scale: what keeps an open finding open. */
  holding: number;
  /** Surprise that the detectors agree on. */
  agreed: number;
  /** What rarity on this series and events alike made of the agreement; 1: nothing. */
  rarityFactor: number;
  habituation: number;
  /** In its learning steps a series has no verdict (but see `Detector.speaksWhileLearning`). */
  learning: boolean;
  /** In the order of the measure's detectors: raw scores, surprises, forecasts; NaN where there is none. */
  readonly raw: Float64Array;
  readonly voices: Float64Array;
  readonly forecasts: Float64Array;
  /** Position of the forecast that is believed, -1 if there is none, and its level. */
  forecaster: number;
  expectedLevel: number;
  /** How far the level is from the expected one; from 0 where none is expected. */
  distance: number;
  /** Share of the score that counts where no step beside this one is odd. */
  alone: number;
}

export function createVerdict(voices: number): Verdict {
  return {
    score: 0,
    holding: 0,
    agreed: 0,
    rarityFactor: 1,
    habituation: 1,
    learning: true,
    raw: new Float64Array(voices).fill(NaN),
    voices: new Float64Array(voices).fill(NaN),
    forecasts: new Float64Array(voices).fill(NaN),
    forecaster: -1,
    expectedLevel: NaN,
    distance: 0,
    alone: 0,
  };
}
