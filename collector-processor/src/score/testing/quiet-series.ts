import type { Measure } from '../../model/anomaly.ts';
import type { Random } from './random.ts';

/** A series in which nothing is wrong. `next` gives the value of a step of ten seconds. */
export interface QuietSeries {
  readonly measure: Measure;
  next(step: number): number;
}

const DAY = 8640;
const SECONDS = 10;

function daily(random: Random, swing: number): (step: number) => number {
  const phase = random.uniform();
  return (step) => 1 + swing * Math.sin(2 * Math.PI * (step / DAY + phase));
}

/** Kinds of quiet series, written without a look at the detectors: noise, memory, tails, counts, seasons and bursts. */
export const quietKinds: Readonly<Record<string, (random: Random) => QuietSeries>> = {
  noisy(random) {
    const size = 10 ** (6 * random.uniform());
    const noise = 0.02 + 0.3 * random.uniform();
    return { measure: 'value', next: () => size * (1 + noise * random.normal()) };
  },
  correlated(random) {
    const memory = 0.8 + 0.19 * random.uniform();
    let state = 0;
    return {
      measure: 'value',
      next() {
        state = memory * state + Math.sqrt(1 - memory ** 2) * random.normal();
        return 100 * (1 + 0.1 * state);
      },
    };
  },
  wandering(random) {
    let level = 100;
    return { measure: 'value', next: () => (level += random.normal() + 0.002 * (100 - level)) };
  },
  sawtooth(random) {
    const period = 20 + Math.floor(100 * random.uniform());
    return { measure: 'value', next: (step) => 100 + (100 * (step % period)) / period + 3 * random.normal() };
  },
  heavy(random) {
    const index = 2 + 2 * random.uniform();
    return { measure: 'value', next: () => 10 * (1 - random.uniform()) ** (-1 / index) };
  },
  latency(random) {
    const usual = 1e6 * 10 ** (2 * random.uniform());
    const noise = 0.1 + 0.4 * random.uniform();
    return { measure: 'p95', next: () => usual * Math.exp(noise * random.normal()) };
  },
  fewCounts(random) {
    const mean = 0.05 + 3 * random.uniform();
    return { measure: 'rate', next: () => random.poisson(mean) / SECONDS };
  },
  dailyCounts(random) {
    const mean = 20 + 300 * random.uniform();
    const season = daily(random, 0.5 + 0.45 * random.uniform());
    return { measure: 'rate', next: (step) => random.poisson(mean * season(step)) / SECONDS };
  },
  dailyLevel(random) {
    const season = daily(random, 0.2 + 0.6 * random.uniform());
    const noise = 0.02 + 0.05 * random.uniform();
    return { measure: 'value', next: (step) => 50 * season(step) * (1 + noise * random.normal()) };
  },
  bursty(random) {
    const often = 1 / (200 + 800 * random.uniform());
    const height = 1.5 + 2 * random.uniform();
    let left = 0;
    return {
      measure: 'rate',
      next() {
        if (left > 0) left--;
        else if (random.uniform() < often) left = 6 + Math.floor(30 * random.uniform());
        return random.poisson(50 * (left > 0 ? height : 1)) / SECONDS;
      },
    };
  },
};
