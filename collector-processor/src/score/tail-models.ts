import { SeriesState } from './state/series-state.ts';

/** Chance that a quiet series shows a raw score of at least `score`, before anything is known about the series. */
export type Prior = (score: number) => number;

/** Surprise is -log10 of a chance; beyond this the difference means nothing any more. */
export const SURPRISE_CAP = 12;

const BINS = 48;
const FIRST_EDGE = 0.05;
const LOG_FACTOR = Math.log(1.2);
/** Counts are halved here, so that a model remembers one to two times as many steps: about two days of 10 s. */
const MEMORY = 16_384;
/** Weight of the prior, in observed steps. */
const PRIOR_STEPS = 10;
const TAIL_SHARE = 0.02;
const MINIMUM_EXCEEDANCES = 8;
/** So few that a cluster of recurrent spikes becomes the edge of the tail and not the tail itself. */
const MAXIMUM_EXCEEDANCES = 64;
const PARETO_PRIOR_INDEX = 4;
const PARETO_PRIOR_WEIGHT = 2;

/**
 * How rare is a raw score on this very series? Each detector of each series has a histogram of its past scores in log
 * bins (factor 1.2). Below the 98th percentile, or the 64 highest, the chance is counted; above it a Pareto tail is fitted
 * to the exceedances (Hill's estimator), blended with the shape of the prior while there are few of them. The prior itself
 * counts as ten observed steps, so that a young series cannot claim more certainty than it has earned.
 *
 * The chance never rises with the score, so a larger fault never scores lower. About 60 ns a call, 96 bytes a model.
 */
export class TailModels {
  readonly state: SeriesState;
  private readonly counts: Uint16Array;
  /** Sum of a model's counts, and the highest bin that ever held one: what need not be looked for in every call. */
  private readonly totals: Uint16Array;
  private readonly highest: Uint8Array;
  private readonly perSeries: number;

  constructor(capacity: number, perSeries: number) {
    this.state = new SeriesState(capacity);
    this.counts = this.state.uint16(BINS * perSeries);
    this.totals = this.state.uint16(perSeries);
    this.highest = this.state.uint8(perSeries);
    this.perSeries = perSeries;
  }

  /** Learns one quiet step. */
  add(slot: number, model: number, score: number): void {
    const { counts, totals, highest } = this;
    const at = slot * this.perSeries + model;
    const start = at * BINS;
    const bin = binOf(score);
    counts[start + bin] = (counts[start + bin] as number) + 1;
    totals[at] = (totals[at] as number) + 1;
    if (bin > (highest[at] as number)) highest[at] = bin;
    if (totals[at] < MEMORY) return;
    let total = 0;
    for (let i = start; i < start + BINS; i++) total += counts[i] = (counts[i] as number) >>> 1;
    totals[at] = total;
  }

  /**
   * -log10 of the chance of a score of at least `score`; 0 to `SURPRISE_CAP`. What was never seen is believed as rare as one
   * half of a try, and a try is a stretch of so many steps (see stretches.ts).
   */
  surprise(slot: number, model: number, score: number, prior: Prior, stretch = 1): number {
    const { counts } = this;
    const at = slot * this.perSeries + model;
    const start = at * BINS;
    const total = this.totals[at] as number;
    const believed = prior(score);
    if (total === 0) return surpriseOf(believed);

    const wanted = Math.max(MINIMUM_EXCEEDANCES, tailSize(total));
    const bin = binOf(score);
    let above = 0;
    let beyond = 1;
    let edgeBin = this.highest[at] as number;
    while (edgeBin > 0 && above + (counts[start + edgeBin] as number) < wanted) {
      above += counts[start + edgeBin] as number;
      edgeBin--;
    }
    if (bin <= edgeBin) {
      for (let i = edgeBin; i > bin; i--) above += counts[start + i] as number;
      above += (counts[start + bin] as number) * (1 - shareOfBin(score, bin));
    } else {
      beyond = this.shapeBeyond(at, edgeBin, above, score, prior);
    }
    const observed = ((above + 0.5 * stretch) / (total + stretch)) * beyond;
    return surpriseOf((PRIOR_STEPS * believed + total * observed) / (PRIOR_STEPS + total));
  }

  /** The raw score at which `surprise` reaches the given value: what draws the band. */
  inverse(slot: number, model: number, surprise: number, prior: Prior, stretch = 1): number {
    let low = 0;
    let high = 64;
    while (high < 1e6 && this.surprise(slot, model, high, prior, stretch) < surprise) high *= 4;
    for (let i = 0; i < 24; i++) {
      const middle = (low + high) / 2;
      if (this.surprise(slot, model, middle, prior, stretch) < surprise) low = middle;
      else high = middle;
    }
    return high;
  }

  /**
   * Chance of a score beyond `score` among those beyond bin `edgeBin`, the last one that is counted rather than
   * extrapolated; `above` scores were seen there. 1 at the bin's upper edge.
   */
  private shapeBeyond(at: number, edgeBin: number, above: number, score: number, prior: Prior): number {
    const { counts } = this;
    const start = at * BINS;
    const edge = lowerEdge(edgeBin + 1);
    let logs = 0;
    const highest = this.highest[at] as number;
    for (let i = edgeBin + 1; i <= highest; i++)
      logs += (counts[start + i] as number) * (i - edgeBin - 0.5) * LOG_FACTOR;
    const index = (above + PARETO_PRIOR_WEIGHT) / (logs + PARETO_PRIOR_WEIGHT / PARETO_PRIOR_INDEX);
    const known = tailSize(this.totals[at] as number) ** 2;
    const trust = known / (known + MINIMUM_EXCEEDANCES ** 2);
    return trust * Math.exp(-index * Math.log(score / edge)) + (1 - trust) * (prior(score) / prior(edge));
  }
}

/** Scores that make up the tail of so many. */
function tailSize(total: number): number {
  return Math.min(MAXIMUM_EXCEEDANCES, TAIL_SHARE * total);
}

function surpriseOf(chance: number): number {
  return chance <= 10 ** -SURPRISE_CAP ? SURPRISE_CAP : Math.max(0, -Math.log10(chance));
}

function binOf(score: number): number {
  if (!(score > FIRST_EDGE)) return 0;
  return Math.min(BINS - 1, 1 + Math.floor(Math.log(score / FIRST_EDGE) / LOG_FACTOR));
}

function lowerEdge(bin: number): number {
  return FIRST_EDGE * Math.exp((bin - 1) * LOG_FACTOR);
}

function shareOfBin(score: number, bin: number): number {
  if (bin === 0) return Math.max(0, score / FIRST_EDGE);
  return Math.min(1, Math.max(0, Math.log(score / lowerEdge(bin)) / LOG_FACTOR));
}
