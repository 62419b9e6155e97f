import { describe, expect, test } from '@jest/globals';
import { Furthest } from './furthest.ts';
import { aloneIn } from './onset.ts';
import { createVerdict, type StepState } from './verdict.ts';

const MINUTE_MS = 60_000;

function learn(furthest: Furthest, distances: readonly number[], state: StepState = 'quiet'): Furthest {
  const verdict = createVerdict(1);
  verdict.forecaster = 0;
  for (const distance of distances) furthest.learn(0, { ...verdict, distance }, state);
  return furthest;
}

function seen(steps: number, largest: number): Furthest {
  return learn(new Furthest(1), [...Array.from({ length: steps - 1 }, () => 1), largest]);
}

describe('a lone odd step counts', () => {
  test('in full where it goes far beyond all that the series has shown, and little more than the least where it does not', () => {
    const quiet = seen(10_000, 4);
    expect(quiet.share(0, 8, MINUTE_MS, 1)).toBe(1);
    expect(quiet.share(0, 4, MINUTE_MS, 1)).toBeLessThan(0.8);
    expect(quiet.share(0, 2, MINUTE_MS, 1)).toBe(aloneIn(MINUTE_MS));
  });

  test('less for the same distance where something like it was seen', () => {
    expect(seen(10_000, 20).share(0, 10, MINUTE_MS, 1)).toBe(aloneIn(MINUTE_MS));
  });

  test('less on a young series, and on one whose steps hang together: chance had fewer tries', () => {
    const [young, old] = [seen(100, 4), seen(10_000, 4)];
    expect(young.share(0, 5, MINUTE_MS, 1)).toBeLessThan(old.share(0, 5, MINUTE_MS, 1));
    expect(old.share(0, 5, MINUTE_MS, 90)).toBeLessThan(old.share(0, 5, MINUTE_MS, 1));
    expect(seen(5, 4).share(0, 1000, MINUTE_MS, 1)).toBe(aloneIn(MINUTE_MS));
  });

  test('never less further out', () => {
    const furthest = seen(2000, 3);
    const shares = Array.from({ length: 40 }, (_, i) => furthest.share(0, i / 2, MINUTE_MS, 3));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });
});

test('what was told as a finding does not hide the next one; what was odd and told nobody does', () => {
  const told = learn(seen(10_000, 4), [50], 'onset');
  expect(told.share(0, 10, MINUTE_MS, 1)).toBe(1);
  const untold = learn(seen(10_000, 4), [50], 'odd');
  expect(untold.share(0, 10, MINUTE_MS, 1)).toBe(aloneIn(MINUTE_MS));
});

test('what was seen once fades over weeks', () => {
  const furthest = learn(
    seen(100, 40),
    Array.from({ length: 80_000 }, () => 1),
  );
  expect(furthest.share(0, 16, MINUTE_MS, 1)).toBe(1);
});
