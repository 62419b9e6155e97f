import { expect, test } from '@jest/globals';
import { measureProfiles } from '../measure-profile.ts';
import type { Judgement } from '../series-judge.ts';
import { distort, type FaultPlan, planFault } from './rehearsed-fault.ts';

/** A gauge of which 100 is expected, 80 to 120. */
function live(band = { lower: 80, upper: 120 }): Judgement {
  const ensemble = { band: () => band, spreadOf: () => 5 };
  const step = { level: 101, floor: 0, relativeFloor: 0 };
  const judged = { entry: { ensemble, measure: 'value' }, step, verdict: {}, profile: measureProfiles.value };
  return { ...judged, expected: 100, span: 10, reading: { value: 101 } } as unknown as Judgement;
}

function valuesOf(plan: Partial<FaultPlan>): number[] {
  const judgement = live();
  const fault = planFault(judgement, { kind: 'level', size: 3, steps: 4, up: true, ...plan });
  if (fault === undefined) throw new Error('no fault');
  return [0, 1, 2, 3].map((at) => {
    const reading = { ...judgement.reading };
    distort(reading, { ...judgement, step: { ...judgement.step, stepMs: 10_000 } }, fault, at);
    return Math.round(reading.value);
  });
}

test('a fault goes so many times as far as the band, on top of what is real', () => {
  expect(valuesOf({})).toEqual([161, 161, 161, 161]);
  expect(valuesOf({ up: false, size: 2 })).toEqual([61, 61, 61, 61]);
  expect(valuesOf({ kind: 'point' })).toEqual([161, 161, 101, 101]);
});

test('a trend gets there evenly, in its last step', () => {
  expect(valuesOf({ kind: 'trend' })).toEqual([116, 131, 146, 161]);
});

test('an ordinary distance of a fault of noise is half of that', () => {
  const fault = planFault(live(), { kind: 'spread', size: 3, steps: 4, up: true });
  expect(fault?.amount).toBe(30 / 5);
});

test('where nothing is expected there is no fault', () => {
  const plan = { kind: 'level', size: 3, steps: 4, up: true } as const;
  expect(planFault(live({ lower: NaN, upper: NaN }), plan)).toBeUndefined();
  expect(planFault({ ...live(), expected: NaN }, plan)).toBeUndefined();
});
