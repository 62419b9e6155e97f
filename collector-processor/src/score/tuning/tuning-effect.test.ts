import { describe, expect, test } from '@jest/globals';
import type { Anomaly, Series } from '../../model/anomaly.ts';
import { countFindings } from './count-findings.ts';
import { proposeForExpected, proposeForMissed } from './propose-tuning.ts';
import { type StoredStep, tuningEffect } from './tuning-effect.ts';

const STEP = 10_000;
const series: Series = {
  ...{ id: 's1', tenant: '', signal: 'metrics', measure: 'value', service: 'cart', namespace: '', environment: '' },
  attributes: {},
};
const scope = { tenant: '', seriesId: 's1' };

function steps(scores: readonly number[], value = 50): StoredStep[] {
  return scores.map((score, at) => ({ timeMs: at * STEP, score, ungated: score, value, expected: 20 }));
}

function effect(stored: readonly StoredStep[], rule: object, before: readonly object[] = []) {
  const one = { series, stepMs: STEP, sources: ['ring'] as const, steps: stored };
  const rules = before.map((other) => ({ scope, ...other }));
  const after = [...rules, { scope, ...rule }];
  return tuningEffect({ before: rules, after, stored: [one], seriesLeftOut: 0, pageScore: 1.5 });
}

describe('findings in stored scores', () => {
  const count = (scores: readonly number[]) => countFindings(steps(scores), STEP, 1.5);

  test('start with two of three odd steps or one far out, and end after three quiet ones', () => {
    expect(count([0, 1.1, 0, 0, 0, 0])).toEqual({ notices: 0, pages: 0 });
    expect(count([0, 1.1, 1.2, 0, 0, 0, 2.1, 0, 0, 0])).toEqual({ notices: 1, pages: 0 });
    expect(count([1.1, 1.2, 0, 0, 0, 9, 9, 0, 0, 0])).toEqual({ notices: 2, pages: 1 });
  });

  test('a gap is quiet', () => {
    const apart = [
      ...steps([1.2, 1.3]),
      ...steps([9, 9]).map((step) => ({ ...step, timeMs: step.timeMs + 40 * STEP })),
    ];
    expect(countFindings(apart, STEP, 1.5).notices).toBe(2);
  });
});

describe('the effect of a rule', () => {
  const odd = steps([0, 1.2, 1.3, 1.2, 0, 0, 0]);

  test('is counted before and after, with what it covers', () => {
    expect(effect(odd, { threshold: 2 })).toMatchObject({
      ...{ sources: ['ring'], fromMs: 0, toMs: 6 * STEP, series: 1, steps: 7, isApproximate: false },
      before: { notices: 1, pages: 0 },
      after: { notices: 0, pages: 0 },
    });
    expect(effect(odd, { threshold: 0.5 }).after).toEqual({ notices: 1, pages: 1 });
    expect(effect(odd, { minimumChange: 31 }).after.notices).toBe(0);
    expect(effect(odd, { direction: 'down' }).after.notices).toBe(0);
    expect(effect(odd, { threshold: 1 }, [{ threshold: 2 }])).toMatchObject({
      before: { notices: 0 },
      after: { notices: 1 },
    });
  });

  test('what size or direction kept quiet comes back, and scores without values are said to be approximate', () => {
    const gated = odd.map((step) => ({ ...step, score: 0.1, value: 20.1 }));
    expect(effect(gated, { minimumShare: 0 })).toMatchObject({ before: { notices: 0 }, after: { notices: 1 } });
    const bare = odd.map((step) => ({ ...step, value: NaN }));
    expect(effect(bare, { threshold: 2 })).toMatchObject({ isApproximate: false, after: { notices: 0 } });
    expect(effect(bare, { direction: 'down' })).toMatchObject({ isApproximate: true, after: { notices: 1 } });
  });
});

describe('a proposal', () => {
  const NOON = Date.UTC(2026, 2, 3, 12);
  const DAY = 86_400_000;
  const finding = (startMs: number, changes: Partial<Anomaly> = {}) =>
    ({
      id: String(startMs),
      series,
      startMs,
      endMs: startMs + 600_000,
      peakScore: 1.4,
      observed: 50,
      expected: 20,
      ...changes,
    }) as Anomaly;

  test('for an expected finding is a border above it, or its size when that would hide everything', () => {
    expect(proposeForExpected(finding(NOON), []).rule).toEqual({ scope, threshold: 1.55 });
    expect(proposeForExpected(finding(NOON, { peakScore: 7 }), []).rule).toEqual({ scope, minimumChange: 33 });
  });

  test('for a habit acts at its time of day only', () => {
    const earlier = [finding(NOON - DAY), finding(NOON - 2 * DAY + 1_200_000), finding(NOON)];
    const window = { fromMinute: 690, toMinute: 760 };
    expect(proposeForExpected(finding(NOON), earlier).rule).toEqual({ scope, threshold: 1.55, window });
    const other = [finding(NOON - DAY), finding(NOON - 2 * DAY + 7_200_000)];
    expect(proposeForExpected(finding(NOON), other).rule).not.toHaveProperty('window');
  });

  test('for what was missed is a border below it, or undoes what kept it quiet', () => {
    expect(proposeForMissed(series, steps([0.2, 0.8, 0.3])).rule).toEqual({ scope, threshold: 0.7 });
    const gated = [{ timeMs: 0, score: 0.2, ungated: 3, value: 20.5, expected: 20 }];
    const undone = { scope, direction: 'both', minimumShare: 0, minimumChange: expect.closeTo(0.4545, 3) };
    expect(proposeForMissed(series, gated).rule).toEqual(undone);
    expect(proposeForMissed(series, []).rule).toEqual({ scope, threshold: 0.75 });
  });
});
