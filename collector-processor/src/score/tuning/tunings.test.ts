import { describe, expect, test } from '@jest/globals';
import type { Tuning } from '../../model/tuning.ts';
import { createRandom } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld } from '../testing/world.ts';
import { inScope, isActive } from './matches.ts';
import { Tunings } from './tunings.ts';

/** A quiet queue, then forty steps at `level`. */
function queueAt(level: number, rules: (seriesId: string) => readonly Tuning[]) {
  const tunings = new Tunings();
  const world = createWorld({}, undefined, undefined, tunings);
  const random = createRandom(3);
  const send = (value: number) => {
    world.points({ service: 'checkout' }, [{ name: 'queue', kind: 'gauge', timeMs: world.nowMs() + 1, value }]);
    world.advance(1000);
  };
  repeat(120, () => send(20 + random.normal()));
  const listed = [...world.engine.coverage.listings(0)].map(({ item }) => item.series);
  tunings.apply(rules(listed.find(({ metric }) => metric === 'queue')?.id ?? ''));
  repeat(40, () => send(level + random.normal()));
  return world;
}

describe('a rule acts on what the detectors agreed on', () => {
  const of = (rule: Omit<Tuning, 'scope'>) => (seriesId: string) => [{ scope: { tenant: '', seriesId }, ...rule }];

  test('a higher border keeps quiet what was a finding, a lower one does the opposite', () => {
    expect(queueAt(60, () => []).opened()).toHaveLength(1);
    expect(queueAt(60, of({ threshold: 20 })).opened()).toEqual([]);
    const [finding] = queueAt(60, of({ threshold: 0.5 })).opened();
    const [usual] = queueAt(60, () => []).opened();
    expect(finding?.peakScore).toBeGreaterThan(usual?.peakScore ?? 0);
  });

  test('so do direction and size', () => {
    expect(queueAt(60, of({ direction: 'down' })).opened()).toEqual([]);
    expect(queueAt(60, of({ direction: 'up' })).opened()).toHaveLength(1);
    expect(queueAt(5, of({ direction: 'down' })).opened()).toHaveLength(1);
    expect(queueAt(60, of({ minimumChange: 100 })).opened()).toEqual([]);
    expect(queueAt(60, of({ minimumShare: 5 })).opened()).toEqual([]);
  });

  test('only in its scope and window', () => {
    expect(queueAt(60, () => [{ scope: { tenant: '', service: 'cart' }, threshold: 20 }]).opened()).toHaveLength(1);
    expect(queueAt(60, of({ threshold: 20, window: { toMs: 1 } })).opened()).toHaveLength(1);
  });
});

test('of several rules the one that names most acts, and of several alike the newest', () => {
  const series = { id: 's1', tenant: '', service: 'cart', signal: 'metrics', measure: 'value' } as const;
  const whole = { ...series, namespace: '', environment: '', attributes: {} };
  const tunings = new Tunings();
  tunings.apply([
    { scope: { tenant: '', seriesId: 's1' }, threshold: 3 },
    { scope: { tenant: '', seriesId: 's1' }, window: { days: [1] }, threshold: 4 },
    { scope: { tenant: '', service: 'cart', measure: 'value' }, threshold: 5 },
  ]);
  expect(tunings.of(whole, Date.UTC(2026, 2, 2))?.threshold).toBe(4);
  expect(tunings.of(whole, Date.UTC(2026, 2, 3))?.threshold).toBe(3);
  expect(tunings.of({ ...whole, id: 's2' }, 0)?.threshold).toBe(5);
  expect(tunings.of({ ...whole, id: 's2', tenant: 'acme' }, 0)).toBeUndefined();
  expect(inScope({ tenant: '', metric: 'x' }, whole)).toBe(false);
});

test.each([
  [{ fromMinute: 60, toMinute: 120 }, 1, true],
  [{ fromMinute: 60, toMinute: 120 }, 2, false],
  [{ fromMinute: 23 * 60, toMinute: 60 }, 0, true],
  [{ fromMinute: 23 * 60, toMinute: 60 }, 12, false],
  [{ days: [2] }, 5, true],
  [{ days: [0, 6] }, 5, false],
])('window %j acts on a Tuesday at %i o’clock: %s', (window, hour, acts) => {
  expect(isActive(window, Date.UTC(2026, 2, 3, hour))).toBe(acts);
});
