import { describe, expect, test } from '@jest/globals';
import { StreamNumber, StreamStore, UNSUITABLE } from '../state/stream-store.ts';
import { type Advance, advance } from './cumulative.ts';

const MINUTE = 60_000;

/** Feeds points [start, time, value] (in minutes) of one stream; returns what each added. */
function feed(points: readonly (readonly [start: number, time: number, value: number])[]) {
  const streams = new StreamStore(1, 64);
  streams.add(1, 1, 0);
  const deltas = points.map(([start, time, value]) => {
    const moved: Advance = { delta: NaN, seconds: NaN, reset: false, restarted: false };
    advance(streams, 0, start * MINUTE, time * MINUTE, value, moved);
    streams.numbers[streams.at(0) + StreamNumber.lastTimeMs] = time * MINUTE;
    return [moved.delta, moved.seconds] as const;
  });
  return { deltas, conflicts: streams.conflicts[0] ?? 0 };
}

describe('a cumulative stream', () => {
  test('adds differences over the time between points; the first point is only a base', () => {
    const { deltas } = feed([
      [1, 10, 100],
      [1, 11, 160],
      [1, 13, 160],
    ]);
    expect(deltas[0]?.[0]).toBeNaN();
    expect(deltas.slice(1)).toEqual([
      [60, 60],
      [0, 120],
    ]);
  });

  test('that starts anew adds what it counted since', () => {
    const { deltas, conflicts } = feed([
      [1, 10, 100],
      [10.5, 11, 12],
      [10.5, 12, 20],
    ]);
    expect(deltas.slice(1)).toEqual([
      [12, 30],
      [8, 60],
    ]);
    expect(conflicts).toBe(0);
  });

  test.each([
    ['adds what came since when its process has just started', 9.5, [12, 30]],
    ['only sets a base when it started too long ago', 7, undefined],
    ['only sets a base when its start is said to be its first point', 10, undefined],
    ['only sets a base when nobody knows its start', 0, undefined],
  ] as const)('that is new %s', (_name, start, added) => {
    const { deltas } = feed([
      [start, 10, 12],
      [start, 11, 20],
    ]);
    if (added === undefined) expect(deltas[0]?.[0]).toBeNaN();
    else expect(deltas[0]).toEqual(added);
    expect(deltas[1]).toEqual([8, 60]);
  });

  test('without start times starts anew when it falls', () => {
    const { deltas, conflicts } = feed([
      [0, 10, 100],
      [0, 11, 30],
      [0, 12, 50],
    ]);
    expect(deltas.slice(1)).toEqual([
      [30, 60],
      [20, 60],
    ]);
    expect(conflicts).toBeLessThan(UNSUITABLE);
  });

  test('of two writers with interleaved start times is found out, and adds nothing wild meanwhile', () => {
    const { deltas, conflicts } = feed(
      Array.from({ length: 8 }, (_unused, i) => [i % 2 === 0 ? 1 : 3, 10 + i, (i % 2 === 0 ? 1000 : 5) + i] as const),
    );
    expect(conflicts).toBeGreaterThan(UNSUITABLE);
    expect(deltas.every(([delta]) => Number.isNaN(delta))).toBe(true);
  });

  test('of two writers without start times is found out', () => {
    const { conflicts } = feed(
      Array.from({ length: 10 }, (_unused, i) => [0, 10 + i, (i % 2 === 0 ? 1000 : 5) + i] as const),
    );
    expect(conflicts).toBeGreaterThan(UNSUITABLE);
  });

  test('forgives a single mix-up of a rollout', () => {
    const overlap = [
      [1, 10, 100],
      [9.5, 11, 5],
    ] as const;
    const after = Array.from({ length: 30 }, (_unused, i) => [9.5, 12 + i, 6 + i] as const);
    expect(feed([...overlap, ...after]).conflicts).toBe(0);
  });
});
