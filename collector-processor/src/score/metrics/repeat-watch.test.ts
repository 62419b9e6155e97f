import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { RepeatWatch } from './repeat-watch.ts';

/** A watch of one series that moves, and how surprised it is after so many equal values. */
function watched() {
  const watch = new RepeatWatch(1);
  const random = createRandom(1);
  const move = (steps: number): void => {
    for (let i = 0; i < steps; i++) watch.add(0, random.normal(), i === 0);
  };
  const stand = (steps: number): number => {
    let surprise = 0;
    const value = random.normal() / 10;
    for (let i = 0; i < steps; i++) surprise = watch.add(0, value, i === 0)?.surprise ?? 0;
    return surprise;
  };
  return { watch, move, stand };
}

describe('values that are repeated', () => {
  test('are the more surprising the more there are', () => {
    const surprises = [5, 12, 20, 60].map((steps) => {
      const { move, stand } = watched();
      move(500);
      return stand(steps);
    });
    expect(surprises[0]).toBe(0);
    expect(surprises).toEqual(surprises.toSorted((a, b) => a - b));
    expect(new Set(surprises).size).toBe(4);
  });

  test('surprise less where runs are usual', () => {
    const often = new RepeatWatch(1);
    for (let run = 0; run < 200; run++) for (let i = 0; i < 1 + (run % 8); i++) often.add(0, (run * 7919) % 101);
    let surprise = 0;
    for (let i = 0; i < 20; i++) surprise = often.add(0, 55.5)?.surprise ?? 0;
    const { move, stand } = watched();
    move(500);
    expect(stand(20)).toBeGreaterThan(4 * surprise);
    expect(surprise).toBeGreaterThan(0);
  });

  test('are news again the next time, and usual when it happens for the third', () => {
    const { move, stand } = watched();
    move(500);
    const surprises = [0, 1, 2, 3].map(() => {
      const surprise = stand(60);
      move(300);
      return surprise;
    });
    expect(surprises[1]).toBeGreaterThan(10);
    expect(surprises[3]).toBeLessThan(2);
  });

  test('that were taken for the new normal are learned anew, and the rest of that run is no measure of the next', () => {
    const { watch, move, stand } = watched();
    move(500);
    expect(stand(60)).toBeGreaterThan(10);
    watch.forget(0);
    const value = 0.5;
    for (let i = 0; i < 60; i++) expect(watch.add(0, value)).toBeUndefined();
    move(300);
    expect(stand(60)).toBeGreaterThan(10);
  });

  test('say nothing of a series that never moved', () => {
    const { stand } = watched();
    expect(stand(5000)).toBe(0);
  });
});
