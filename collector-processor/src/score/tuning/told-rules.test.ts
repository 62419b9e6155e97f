import { expect, test } from '@jest/globals';
import type { Anomaly, Measure } from '../../model/anomaly.ts';
import { SpanKind } from '../../model/columns.ts';
import { createRandom } from '../testing/random.ts';
import { shippedOptions } from '../testing/test-options.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';
import { proposeForExpected } from './propose-tuning.ts';
import { Tunings } from './tunings.ts';

const MINUTE_MS = 60_000;
const shop = { service: 'shop' };

/** Calls to others, in a bucket of their own. */
function calls(world: World, peers: readonly string[]): void {
  const endMs = world.nowMs() + 1;
  const served = Array.from({ length: 8 }, () => ({ name: 'GET /', endMs, durationMs: 5 }));
  const called = peers.flatMap((peer) =>
    Array.from({ length: 4 }, () => ({
      ...{ name: 'GET', kind: SpanKind.client, endMs, durationMs: 2 },
      attributes: { 'peer.service': peer } as const,
    })),
  );
  world.spans(shop, [...served, ...called]);
  world.advance(world.options.bucket);
}

function lines(world: World, count: number): void {
  const timeMs = world.nowMs() + 1;
  const usual = Array.from({ length: 20 }, (_one, at) => ({ timeMs, body: `served request ${at}`, severity: 9 }));
  const fresh = Array.from({ length: count }, (_one, at) => ({
    ...{ timeMs, body: `card declined after retry ${at}`, severity: 13 },
  }));
  world.logs(shop, [...usual, ...fresh]);
  world.advance(world.options.bucket);
}

const scenarios: Partial<Record<Measure, (world: World) => void>> = {
  new_template(world) {
    repeat(150, () => lines(world, 0));
    repeat(5, () => lines(world, 6));
  },
  new_edge(world) {
    repeat(400, () => calls(world, ['payment']));
    repeat(6, () => calls(world, ['payment', 'pastebin.example']));
  },
  lost_edge(world) {
    repeat(400, () => calls(world, ['payment', 'search']));
    repeat(20, () => calls(world, ['search']));
  },
  signal_loss(world) {
    const send = (withLogs: boolean): void => {
      const timeMs = world.nowMs() + 1;
      world.spans(shop, [{ name: 'GET /cart', endMs: timeMs, durationMs: 5 }]);
      if (withLogs) world.logs(shop, [{ timeMs, body: 'served' }]);
      world.advance(world.options.bucket);
    };
    repeat(120, () => send(true));
    repeat(20, () => send(false));
  },
  days_left(world) {
    const random = createRandom(1);
    for (let minute = 0; minute < 2 * 1440; minute += 5) {
      const used = 50 + (14 * minute) / 1440 + 0.6 * random.normal();
      const point = (state: string, value: number) => ({
        ...{ name: 'system.filesystem.usage', kind: 'sum' as const, upDown: true, unit: 'By', timeMs: world.nowMs() },
        ...{
          value: value * 1024 ** 3,
          attributes: { 'system.filesystem.mountpoint': '/', 'system.filesystem.state': state },
        },
      });
      world.points(shop, [point('used', used), point('free', 95 - used), point('reserved', 5)]);
      world.advance(5 * MINUTE_MS);
    }
  },
};

function runWith(tunings: Tunings, measure: Measure): readonly Anomaly[] {
  const forecast = { ...shippedOptions().forecast, every: 30 * MINUTE_MS };
  const minutes = { bucket: MINUTE_MS, maxSeries: 50, maxStreams: 50, forecast };
  const world = createWorld(measure === 'days_left' ? minutes : {}, undefined, undefined, tunings);
  scenarios[measure]?.(world);
  // As it was told last.
  const newest = new Map(world.events.map(({ anomaly }) => [anomaly.id, anomaly]));
  return [...newest.values()].filter(({ series }) => series.measure === measure);
}

test.each(Object.keys(scenarios) as Measure[])(
  'an expected %s is told no more with the rule that is proposed',
  (measure) => {
    const [finding] = runWith(new Tunings(), measure);
    if (finding === undefined) throw new Error('It was not found at all.');
    const { rule, why } = proposeForExpected(finding, []);
    expect(rule).toMatchObject({ scope: { tenant: '' }, threshold: expect.any(Number) });
    expect(rule.minimumChange).toBeUndefined();
    expect(why.length).toBeGreaterThan(80);
    const tunings = new Tunings();
    tunings.apply([rule]);
    expect(runWith(tunings, measure)).toEqual([]);
    const lower = new Tunings();
    lower.apply([{ ...rule, threshold: 1 }]);
    expect(runWith(lower, measure)).not.toEqual([]);
  },
);
