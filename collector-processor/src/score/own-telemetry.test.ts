import { describe, expect, test } from '@jest/globals';
import { ownInstanceId } from '../runtime/own-instance.ts';
import { createWorld, START_MS } from './testing/world.ts';

const shop = { service: 'checkout' };
const BUCKET = 1000;

describe('what would go round in a circle', () => {
  const own = { service: 'sentinel', instance: ownInstanceId };

  test('what this process sent itself is not scored, counted, and shown in coverage', () => {
    const world = createWorld();
    world.points(own, [{ name: 'heap', kind: 'gauge', timeMs: START_MS, value: 1 }]);
    world.spans(own, [{ name: 'x', endMs: START_MS, durationMs: 1 }]);
    world.logs(own, [{ timeMs: START_MS, body: 'x' }]);
    expect(world.engine.series.size).toBe(0);
    expect(world.counter('sentinel_unscored_items_total', 'reason="own_telemetry"')).toBe(3);
    const entries = [...world.engine.coverage.entries(0)].map(({ item }) => item);
    expect(entries).toHaveLength(3);
    expect(entries[0]).toMatchObject({ state: 'unsuitable', service: 'sentinel', title: 'Metrics of this Sentinel' });
    expect(entries[0]?.why).toContain('This Sentinel sent it itself');
    expect(world.engine.coverage.counts()).toMatchObject({ unsuitable: 3 });
  });

  test('somebody else of the same name is scored', () => {
    const world = createWorld();
    world.points({ service: 'sentinel' }, [{ name: 'heap', kind: 'gauge', timeMs: START_MS, value: 1 }]);
    expect([...world.engine.series.from(0)].map(({ series }) => series.metric)).toContain('heap');
    expect(world.counter('sentinel_unscored_items_total')).toBe(0);
  });

  test('scores of other series are known by the name of the metric, whoever sends them', () => {
    const world = createWorld();
    const names = ['anomaly_score', 'yhat', 'yhat_lower', 'yhat_upper'];
    for (let bucket = 0; bucket < 3; bucket++) {
      const timeMs = START_MS + bucket * BUCKET;
      world.points(
        { service: '' },
        names.map((name) => ({ name, kind: 'gauge', timeMs, value: 1 })),
      );
    }
    world.points(shop, [{ name: 'yhatzee', kind: 'gauge', timeMs: START_MS, value: 1 }]);
    const metrics = [...world.engine.series.from(0)].flatMap(({ series }) => series.metric ?? []);
    expect(metrics).toEqual(['yhatzee']);
    expect(world.counter('sentinel_unscored_items_total', 'reason="score_series"')).toBe(12);
    const shown = [...world.engine.coverage.entries(1e9)].map(({ item }) => item.title);
    expect(shown).toEqual(names);
    const [, second] = [...world.engine.coverage.entries(1e9)];
    expect([...world.engine.coverage.entries(second?.place ?? 0)]).toHaveLength(3);
  });
});
