import { describe, expect, test } from '@jest/globals';
import type { Measure } from '../model/anomaly.ts';
import { detectors } from './registry.ts';
import type { Detector, Step } from './scorer.ts';
import { createRandom, type Random } from './testing/random.ts';
import { createSeriesRunner, type StepExtras } from './testing/series-runner.ts';

/** A larger fault never scores lower: for each detector, and for the whole with all its gates. */
const FAULTS = Array.from({ length: 60 }, (_unused, index) => index ** 2 / 40);
const HISTORIES = [35, 200, 2000];
const TOLERANCE = 1e-9;

function stepAt(detector: Detector, level: number, direction: 1 | -1, size: number): Step {
  const times = { timeMs: Date.UTC(2026, 2, 9), stepMs: 10_000, age: 5, detail: 0.01 };
  const scale = {
    floor: 0,
    relativeFloor: 0,
    direction,
    wallMs: times.timeMs,
    holiday: false,
    season: direction * size,
  };
  const counts = detector.name === 'silence' ? { value: size, failures: 0 } : { value: level, failures: size };
  return { level: level + direction * size, events: 60 + size, ...counts, ...scale, ...times };
}

describe.each(detectors)('$name', (detector) => {
  test.each(HISTORIES)('after %d quiet steps', (steps) => {
    const random = createRandom(steps);
    const scorer = detector.create(1);
    const levels = Float32Array.from({ length: 30 }, () => 10 + random.normal());
    scorer.start(0, levels);
    for (let i = 0; i < steps; i++) {
      const quiet = { ...stepAt(detector, 10 + random.normal(), 1, 0), events: 60 };
      scorer.learn(0, { ...quiet, timeMs: quiet.timeMs - (steps - i) * 10_000 }, 1);
    }
    for (const direction of [1, -1] as const) {
      let last = -Infinity;
      for (const size of FAULTS) {
        const score = scorer.score(0, stepAt(detector, 10, direction, size));
        if (Number.isNaN(score)) continue;
        expect(score).toBeGreaterThanOrEqual(last - TOLERANCE);
        last = score;
      }
    }
  });
});

interface Case {
  readonly measure: Measure;
  readonly quiet: (random: Random) => number;
  /** The value of a fault of some size, further out than any quiet value is likely to be expected. */
  readonly fault: (size: number) => number;
  readonly extras?: (size: number) => StepExtras;
}

const cases: readonly Case[] = [
  { measure: 'value', quiet: (random) => 100 + 3 * random.normal(), fault: (size) => 106 + size },
  { measure: 'value', quiet: (random) => 100 + 3 * random.normal(), fault: (size) => 94 - size },
  { measure: 'value', quiet: () => 4, fault: (size) => 4 + size },
  { measure: 'rate', quiet: (random) => random.poisson(30) / 10, fault: (size) => 5 + size },
  { measure: 'rate', quiet: (random) => random.poisson(30) / 10, fault: (size) => Math.max(0, 2 - size / 40) },
  { measure: 'p95', quiet: (random) => 5e7 * Math.exp(0.2 * random.normal()), fault: (size) => 8e7 + 1e7 * size },
  { measure: 'severity_rate', quiet: () => 0, fault: (size) => size },
  {
    measure: 'error_ratio',
    quiet: () => 0,
    fault: (size) => Math.min(1, size / 100),
    extras: (size) => ({ failures: Math.min(100, size) }),
  },
];

describe.each(cases)('the whole on $measure', ({ measure, quiet, fault, extras }) => {
  test.each(HISTORIES)('for one step after %d quiet ones', (steps) => {
    const random = createRandom(7);
    const runner = createSeriesRunner(measure);
    for (let i = 0; i < steps; i++) runner.step(quiet(random));
    let last = 0;
    for (const size of FAULTS) {
      const score = runner.weigh(fault(size), extras?.(size) ?? {});
      expect(score).toBeGreaterThanOrEqual(last - TOLERANCE);
      last = score;
    }
  });
});

test('the larger of two lasting faults has the higher peak', () => {
  const peak = (size: number): number => {
    const random = createRandom(9);
    const runner = createSeriesRunner('value');
    for (let i = 0; i < 400; i++) runner.step(100 + 3 * random.normal());
    return Math.max(...Array.from({ length: 8 }, () => runner.step(100 + size)));
  };
  const peaks = [10, 14, 20, 30, 60, 200].map(peak);
  expect(peaks).toEqual(peaks.toSorted((a, b) => a - b));
});
