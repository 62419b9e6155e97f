import { describe, expect, test } from '@jest/globals';
import { createRandom } from './testing/random.ts';
import { createSeriesRunner } from './testing/series-runner.ts';
import { repeat, serve } from './testing/traffic.ts';
import { createWorld } from './testing/world.ts';

function learnedGauge(changes: Parameters<typeof createSeriesRunner>[1] = {}, steps = 400) {
  const random = createRandom(2);
  const runner = createSeriesRunner('value', changes);
  repeat(steps, () => runner.step(50 + random.normal()));
  return { runner, random };
}

describe('the life of a finding', () => {
  test('opened with what was seen and expected, closed when it is over, one id throughout', () => {
    const { runner, random } = learnedGauge();
    repeat(5, () => runner.step(80));
    repeat(10, () => runner.step(50 + random.normal()));
    const [opened] = runner.opened();
    const [closed] = runner.closed();
    expect(opened).toMatchObject({ state: 'open', direction: 'up', observed: 80, exampleTraceIds: [] });
    expect(opened?.expected).toBeCloseTo(50, -0.5);
    expect(opened?.lower).toBeLessThan(opened?.expected ?? 0);
    expect(opened?.upper).toBeGreaterThan(opened?.expected ?? 0);
    expect(opened?.upper).toBeLessThan(80);
    expect(closed).toMatchObject({ state: 'closed', id: opened?.id });
    expect((closed?.endMs ?? 0) - (closed?.startMs ?? 0)).toBe(5 * 10_000);
  });

  test('every detector that spoke gives its reason, and whether it agreed', () => {
    const { runner } = learnedGauge();
    repeat(3, () => runner.step(80));
    const reasons = runner.opened()[0]?.reasons ?? [];
    expect(reasons.map(({ detector }) => detector)).toEqual([
      ...['robust deviation', 'sudden change', 'sustained deviation of 6', 'sustained deviation of 24'],
      ...['restlessness', 'range record', 'pattern of 32', 'pattern of 96'],
    ]);
    expect(reasons[0]).toMatchObject({ agreed: true });
    expect(reasons[0]?.text).toMatch(/^\d+\.\d times its usual spread/);
  });

  test('a dip below the border does not close it, three quiet steps do', () => {
    const { runner } = learnedGauge();
    repeat(4, () => runner.step(80));
    repeat(2, () => runner.step(50.5));
    runner.step(80);
    repeat(2, () => runner.step(49.5));
    expect(runner.closed()).toHaveLength(0);
    runner.step(50);
    expect(runner.closed()).toHaveLength(1);
  });

  test('a lone odd step is no finding, unless it goes where chance hardly ever goes', () => {
    const { runner, random } = learnedGauge();
    const far = runner.weigh(54.5);
    expect(far).toBeLessThan(2);
    runner.step(54.5);
    repeat(5, () => runner.step(50 + random.normal()));
    expect(runner.opened()).toHaveLength(0);
    runner.step(58);
    expect(runner.opened()).toHaveLength(1);
  });

  test('a series that stops sending does not leave it open for ever', () => {
    const random = createRandom(1);
    const world = createWorld();
    repeat(60, () => serve(world, random));
    repeat(8, () => serve(world, random, { latencyMs: 200 }));
    world.advance(60_000);
    const open = world.engine.findings.anomalies().map(({ series }) => series.measure);
    expect(open.filter((measure) => measure !== 'silence')).toEqual([]);
  });
});

describe('the page border', () => {
  test('takes two steps far out on a series that is old enough', () => {
    const { runner } = learnedGauge({ pageSteps: 100 });
    repeat(4, () => runner.step(90));
    const borders = runner.events.map(({ kind, anomaly }) => [kind, anomaly.border]);
    expect(borders[0]).toEqual(['opened', 'notice']);
    expect(borders).toContainEqual(['updated', 'page']);
  });

  test('is closed to a young series', () => {
    const { runner } = learnedGauge({ pageSteps: 1000 });
    repeat(10, () => runner.step(90));
    expect(runner.events.every(({ anomaly }) => anomaly.border === 'notice')).toBe(true);
  });
});

describe('findings are bounded', () => {
  test('one of the three percentiles tells of a slow service', () => {
    const random = createRandom(3);
    const world = createWorld();
    repeat(60, () => serve(world, random, { perSecond: 60 }));
    repeat(10, () => serve(world, random, { perSecond: 60, latencyMs: 200 }));
    const ofService = world.opened().filter(({ series }) => series.operation === undefined);
    expect(ofService.filter(({ series }) => /^p\d/.test(series.measure))).toHaveLength(1);
    expect(world.counter('sentinel_findings_suppressed_total', 'reason="sibling"')).toBeGreaterThan(0);
  });

  test.each([
    ['in all', { maxOpenAnomalies: 3 }, 3],
    ['for each service', { maxOpenPerService: 2 }, 4],
  ])('%s', (_name, changes, most) => {
    const world = createWorld({ bucket: 10_000, ...changes });
    const random = createRandom(4);
    const send = (value: () => number): void => {
      const timeMs = world.nowMs() + 1;
      for (const service of ['cart', 'payment']) {
        world.points(
          { service },
          ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, kind: 'gauge' as const, timeMs, value: value() })),
        );
      }
      world.advance(10_000);
    };
    repeat(60, () => send(() => 50 + random.normal()));
    repeat(6, () => send(() => 90 + random.normal()));
    expect(world.opened()).toHaveLength(most);
    expect(world.counter('sentinel_findings_suppressed_total', 'reason="limit"')).toBeGreaterThan(0);
    expect(world.counter('sentinel_findings_open')).toBe(most);
  });
});
