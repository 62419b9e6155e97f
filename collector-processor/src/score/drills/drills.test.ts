import { expect, test } from '@jest/globals';
import { type FaultKind, faultKinds } from '../../model/drill.ts';
import { createRandom } from '../testing/random.ts';
import { testOptions } from '../testing/test-options.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';
import type { DrillOptions } from './drill-options.ts';

function worldWith(changes: Partial<DrillOptions>): World {
  return createWorld({ drills: { ...testOptions().drills, ...changes } });
}

/** Ten queues of about 20, with noise of 1, each bucket. */
function runs(world: World, steps: number, rise = 0): void {
  const random = createRandom(5);
  repeat(steps, () => {
    const points = Array.from({ length: 10 }, (_one, at) => ({
      ...{ name: `queue.${at}`, kind: 'gauge' as const, timeMs: world.nowMs() + 1 },
      value: 20 + random.normal() + (at === 0 ? rise : 0),
    }));
    world.points({ service: 'checkout' }, points);
    world.advance(world.options.bucket);
  });
}

function reportOf(world: World) {
  const report = world.engine.drills?.report();
  if (report === undefined) throw new Error('There are no drills.');
  return report;
}

function kindOf(world: World, kind: FaultKind) {
  const found = reportOf(world).kinds.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
}

test('large faults of every kind are found, soon, and the live series never hear of them', () => {
  const world = worldWith({ size: 8 });
  runs(world, 700);
  expect(world.events).toEqual([]);
  for (const kind of faultKinds) {
    const { found, recall, delaySteps } = kindOf(world, kind);
    expect([kind, found > 0, recall > 0.8, delaySteps < 12]).toEqual([kind, true, true, true]);
  }
  expect(world.counter('sentinel_drills_total', 'outcome="found"')).toBeGreaterThan(10);
  expect(kindOf(world, 'level').detectors).toContainEqual({ detector: 'robust deviation', recall: 1, delaySteps: 0 });
  const robust = 'kind="level",detector="robust deviation"';
  expect(world.metrics.render()).toContain(`sentinel_drill_detector_recall{${robust}} 1\n`);
  expect(world.metrics.render()).toContain(`sentinel_drill_detector_delay_steps{${robust}} 0\n`);
});

test('by default a level is found, and most trends before they end', () => {
  const world = createWorld({ bucket: 10_000, drills: { ...testOptions().drills, kinds: ['level', 'trend'] } });
  runs(world, 500);
  expect(kindOf(world, 'level').recall).toBeGreaterThan(0.9);
  const { recall, delaySteps } = kindOf(world, 'trend');
  expect([recall > 0.5, delaySteps > 3, delaySteps < 24]).toEqual([true, true, true]);
  expect(reportOf(world)).toMatchObject({ size: 3, steps: 24 });
});

test('scores, findings and state are the same with and without', () => {
  const [plain, drilled] = [worldWith({ enabled: false }), worldWith({})].map((world) => {
    runs(world, 300);
    runs(world, 20, 40);
    return { events: world.events, scores: world.scores };
  });
  expect(drilled).toEqual(plain);
  expect(drilled?.events.length).toBeGreaterThan(0);
});

test('faults too small to see are missed, and told with how far they went', () => {
  const world = worldWith({ size: 0.1, kinds: ['level', 'trend'] });
  runs(world, 500);
  const { recall, missed } = kindOf(world, 'level');
  expect([recall < 0.2, missed > 0]).toEqual([true, true]);
  expect(reportOf(world).missed[0]).toMatchObject({ series: { service: 'checkout' }, title: expect.any(String) });
  expect(Math.abs(reportOf(world).missed[0]?.change ?? NaN)).toBeGreaterThan(0);
});

test('a drill ends without a result when something real happens, or nothing comes any more', () => {
  const world = worldWith({ size: 0.1, kinds: ['level'], atOnce: 10 });
  runs(world, 60);
  const before = kindOf(world, 'level').voided;
  runs(world, 10, 80);
  expect(kindOf(world, 'level').voided).toBeGreaterThan(before);
});

test('no more at once than are allowed, and no more results than are kept', () => {
  const world = worldWith({ kinds: ['spread'], atOnce: 2, window: 3, size: 8 });
  runs(world, 300);
  const { running, found, missed } = kindOf(world, 'spread');
  expect(running).toBeLessThanOrEqual(2);
  expect(found + missed).toBe(3);
});

test('the same telemetry has the same drills', () => {
  const [one, other] = [worldWith({}), worldWith({})].map((world) => {
    runs(world, 200);
    return reportOf(world);
  });
  expect(one).toEqual(other);
});

test('without the setting there are none', () => {
  expect(worldWith({ enabled: false }).engine.drills).toBeUndefined();
  expect(worldWith({ kinds: [] }).engine.drills).toBeUndefined();
});
