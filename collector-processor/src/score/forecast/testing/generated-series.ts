import { createRandom, type Random } from '../../testing/random.ts';
import { findSeason } from '../season.ts';
import { findTrend } from '../trend.ts';

const HOUR_MS = 3_600_000;
const WITHIN_90 = 1.645;

/** A series as a function of its place, with a memory where it needs one. */
type Generator = (random: Random) => (i: number) => number;

export const generators: Readonly<Record<string, Generator>> = {
  'noise around a line': (random) => (i) => 0.5 * i + 5 * random.normal(),
  'a level without a trend': (random) => () => 3 * random.normal(),
  'a random walk that drifts': (random) => walk(() => 0.3 + random.normal()),
  'noise that remembers': (random) => remembering(random, 0.9),
  'a line with days': (random) => (i) => 0.5 * i + 20 * Math.sin((i / 24) * 2 * Math.PI) + 3 * random.normal(),
  'outliers around a line': (random) => (i) =>
    0.5 * i + (3 * random.normal()) / Math.sqrt(Math.max(0.05, random.uniform())),
  'a log that grows by fits and starts': (random) =>
    walk(() => (random.uniform() < 0.3 ? 2 * random.exponential() : 0)),
};

function walk(step: () => number): (i: number) => number {
  let value = 0;
  return () => (value += step());
}

function remembering(random: Random, share: number): (i: number) => number {
  let value = 0;
  return (i) => (value = share * value + random.normal()) + 0.1 * i;
}

interface Coverage {
  readonly trials: number;
  /** Steps that are seen, and how far ahead is looked. */
  readonly length: number;
  readonly ahead: number;
}

/** Share of truths inside the interval that is stated as 90 %. */
export function coverageOf(generator: Generator, { trials, length, ahead }: Coverage): number {
  let inside = 0;
  for (let trial = 0; trial < trials; trial++) {
    const next = generator(createRandom(7 * trial + length));
    const all = Float64Array.from({ length: length + ahead }, (_unused, i) => next(i));
    const season = findSeason(all.subarray(0, length), 0, HOUR_MS);
    const trend = findTrend(all.slice(0, length).map((value, i) => value - season.at(i * HOUR_MS)));
    const last = length - 1 + ahead;
    const expected = (trend?.expected(ahead) ?? NaN) + season.at(last * HOUR_MS);
    if (Math.abs((all[last] ?? NaN) - expected) <= WITHIN_90 * (trend?.error(ahead) ?? NaN)) inside++;
  }
  return inside / trials;
}
