import { describe, expect, test } from '@jest/globals';
import type { SloWindow } from '../../model/slo.ts';
import { budgetState } from './budget-state.ts';
import { CorrectedCounts } from './corrected-counts.ts';
import { CountRing } from './count-ring.ts';
import type { TimeRange } from './ranges.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse('2026-03-20T12:00:00Z');
const month: SloWindow = { kind: 'rolling', durationMs: 30 * day };
const kind = { enabled: true, labels: {}, annotations: {} };
const alerting = { name: 'x', page: kind, ticket: kind, burnAlerts: [], absent: true, minEvents: 50, minFailures: 3 };

/** What happens in a minute, by how long ago it is. */
type Story = (agoMs: number) => { readonly total: number; readonly bad: number };

function stateOf(
  story: Story,
  over: {
    target?: number;
    window?: SloWindow;
    takenOut?: TimeRange[];
    toldAtMs?: number | undefined;
    isShare?: boolean;
  } = {},
) {
  const { target = 0.999, window = month, takenOut = [], isShare = false } = over;
  const ring = new CountRing({ length: 31 * 1440 });
  for (let agoMs = 30 * day; agoMs > 0; agoMs -= minute) ring.add(now - agoMs, story(agoMs));
  const counts = new CorrectedCounts(ring, takenOut);
  const toldAtMs = 'toldAtMs' in over ? over.toldAtMs : now;
  return budgetState({
    objective: { target, window, alerting },
    counts,
    nowMs: now,
    toldAtMs,
    missedMs: 15 * minute,
    isShare,
  });
}

const busy =
  (bad: (agoMs: number) => number): Story =>
  (agoMs) => ({ total: 100, bad: bad(agoMs) });

describe('a busy service', () => {
  test('has all of its budget without errors', () => {
    const state = stateOf(busy(() => 0));
    expect(state).toMatchObject({ status: 'on_track', left: 1, counts: { total: 4_320_000, bad: 0 } });
    expect(state.allowed).toBeCloseTo(4_320, 6);
    expect(state.exhaustion).toBeUndefined();
  });

  test('that fails burns fast, and says when the budget ends', () => {
    const state = stateOf(busy((ago) => (ago <= 20 * minute ? 30 : 0)));
    expect(state.status).toBe('burning_fast');
    expect(state.left).toBeCloseTo(1 - 600 / 4_320, 6);
    expect(state.tiers[0]).toMatchObject({
      state: 'burning',
      shortRate: expect.closeTo(300),
      longRate: expect.closeTo(100),
    });
    // 600 of 36,000 in six hours: 16.7 times as fast as the budget allows, 86 % of 30 days are left.
    expect((state.exhaustion!.atMs - now) / day).toBeCloseTo((0.8611 * 30) / 16.67, 1);
    expect(state.exhaustion!.earliestMs).toBeLessThan(state.exhaustion!.atMs);
    expect(state.exhaustion!.latestMs).toBeGreaterThan(state.exhaustion!.atMs);
  });

  test('is recovering when errors have stopped, and rising when they just begin', () => {
    expect(stateOf(busy((ago) => (ago > 10 * minute && ago <= 30 * minute ? 30 : 0))).tiers[0]?.state).toBe(
      'recovering',
    );
    expect(stateOf(busy((ago) => (ago <= minute ? 50 : 0))).status).toBe('rising');
  });

  test('burns slowly at three times its rate, in a trickle at once and a bit', () => {
    expect(stateOf(busy((ago) => (ago <= 2 * day ? 0.4 : 0))).status).toBe('burning_slowly');
    expect(stateOf(busy((ago) => (ago <= 4 * day ? 0.12 : 0))).status).toBe('trickle');
  });

  test('has used its budget up when more failed than was allowed', () => {
    const state = stateOf(busy((ago) => (ago > 10 * day && ago <= 11 * day ? 6 : 0)));
    expect(state).toMatchObject({ status: 'exhausted', left: expect.closeTo(-1) });
  });
});

test('bursts: after a good one the bad one before it burns no more, however long nothing comes', () => {
  const bursts: Story = (agoMs) => {
    if (agoMs === 50 * minute) return { total: 1000, bad: 300 };
    return { total: agoMs === 20 * minute ? 1000 : 0, bad: 0 };
  };
  expect(stateOf(bursts).tiers[0]).toMatchObject({ state: 'recovering', long: { total: 2000, bad: 300 } });
  const onlyBad: Story = (agoMs) => (agoMs === 50 * minute ? { total: 1000, bad: 300 } : { total: 0, bad: 0 });
  expect(stateOf(onlyBad).tiers[0]?.state).toBe('burning');
});

describe('a quiet service', () => {
  const hourly =
    (bad: (agoMs: number) => number): Story =>
    (agoMs) =>
      agoMs % (10 * minute) === 0 ? { total: 1, bad: bad(agoMs) } : { total: 0, bad: 0 };

  test('does not burn for one error', () => {
    const state = stateOf(
      hourly((ago) => (ago === 30 * minute ? 1 : 0)),
      { target: 0.99 },
    );
    expect(state.tiers.map((tier) => tier.state)).not.toContain('burning');
    expect(state.status).toBe('rising');
  });

  test('waits where a share is high but of too few events', () => {
    const state = stateOf(
      hourly((ago) => (ago <= 20 * minute ? 1 : 0)),
      { target: 0.99 },
    );
    expect(state.tiers[0]).toMatchObject({ state: 'waits', long: { total: 6, bad: 2 } });
  });

  test('burns when all of its requests fail', () => {
    const state = stateOf(
      hourly((ago) => (ago <= hour ? 1 : 0)),
      { target: 0.99 },
    );
    expect(state.status).toBe('burning_fast');
  });

  test('is seen to fail in a trickle, which is no page', () => {
    const state = stateOf(
      hourly((ago) => (ago <= 3 * day && ago % (12 * hour) === 10 * minute ? 1 : 0)),
      { target: 0.998 },
    );
    expect(state.status).toBe('trickle');
  });
});

test('what is corrected leaves the budget, and neither counts nor burns', () => {
  const story = busy((ago) => (ago <= 20 * minute ? 30 : 0));
  const state = stateOf(story, {
    takenOut: [
      { fromMs: now - 20 * minute, toMs: now },
      { fromMs: now - 10 * minute, toMs: now },
    ],
  });
  expect(state).toMatchObject({ status: 'on_track', left: 1, takenOut: { total: 2_000, bad: 600 } });
  expect(state.leftUncorrected).toBeCloseTo(1 - 600 / 4_320, 6);
});

test('nobody knows a budget without data, and too few events say little', () => {
  expect(stateOf(() => ({ total: 0, bad: 0 }), { toldAtMs: undefined }).status).toBe('no_data');
  expect(
    stateOf(
      busy(() => 0),
      { toldAtMs: now - hour },
    ).status,
  ).toBe('no_data');
  const few = stateOf(() => ({ total: 0, bad: 0 }));
  expect(few.status).toBe('too_few_events');
  expect(few.left).toBeUndefined();
});

test('more good than events is implausible', () => {
  expect(stateOf(busy(() => -5)).status).toBe('implausible');
  expect(stateOf(busy(() => 105)).status).toBe('implausible');
});

test('a calendar window counts from its start', () => {
  const window: SloWindow = {
    kind: 'calendar',
    unit: 'month',
    count: 1,
    timeZone: 'UTC',
    anchor: '2024-01-01T00:00:00',
  };
  const state = stateOf(
    busy(() => 0),
    { window },
  );
  expect(new Date(state.fromMs).toISOString()).toBe('2026-03-01T00:00:00.000Z');
  expect(state.counts.total).toBe(19.5 * 1440 * 100);
});

test('a share that somebody else computed burns without guards, and is no trickle for three bad minutes', () => {
  const share =
    (bad: (agoMs: number) => number): Story =>
    (ago) => ({ total: 1, bad: bad(ago) });
  const failing = share((ago) => (ago <= 20 * minute ? 0.1 : 0));
  expect(stateOf(failing, { isShare: true }).status).toBe('burning_fast');
  const once = share((ago) => (ago === hour || ago === 5 * hour || ago === 9 * hour ? 1 : 0));
  expect(stateOf(once, { isShare: true, target: 0.99 }).status).toBe('on_track');
  expect(stateOf(() => ({ total: 0, bad: 0 }), { isShare: true }).status).toBe('too_few_events');
});
