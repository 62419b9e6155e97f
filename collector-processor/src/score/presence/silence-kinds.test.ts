import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';

const shop = { service: 'checkout' };
type Sent = 'traces' | 'metrics' | 'logs';

/** One bucket in which the service sends these signals; `ageMs` is how old they are when they arrive. */
function send(world: World, signals: readonly Sent[], ageMs = 0): void {
  const timeMs = world.nowMs() + 1 - ageMs;
  if (signals.includes('traces')) world.spans(shop, [{ name: 'GET /cart', endMs: timeMs, durationMs: 5 }]);
  if (signals.includes('logs')) world.logs(shop, [{ timeMs, body: 'served' }]);
  if (signals.includes('metrics')) world.points(shop, [{ name: 'load', kind: 'gauge', timeMs, value: timeMs % 7 }]);
  world.advance(world.options.bucket);
}

/** What is told: measure and signal. */
function told(world: World, since = 0): string[] {
  return world
    .opened()
    .slice(since)
    .filter(({ series }) => ['silence', 'signal_loss', 'late_delivery'].includes(series.measure))
    .map(({ series }) => `${series.measure} ${series.signal}`);
}

function learned(): World {
  const world = createWorld();
  repeat(60, () => send(world, ['traces', 'metrics', 'logs']));
  expect(told(world)).toEqual([]);
  return world;
}

describe('a service of three signals', () => {
  test('that sends nothing any more is one finding', () => {
    const world = learned();
    world.advance(20_000);
    expect(told(world)).toEqual(['silence traces']);
    expect(world.opened().at(-1)?.sentence).toMatch(/^No telemetry at all from checkout for \d+ s\.$/);
  });

  test('says how long in time, and how many times as long as usual', () => {
    const world = learned();
    world.advance(20_000);
    send(world, ['traces', 'metrics', 'logs']);
    repeat(5, () => send(world, ['traces', 'metrics', 'logs']));
    const [silence] = world.closed().filter(({ series }) => series.measure === 'silence');
    expect(silence).toMatchObject({ expected: 1e9, lower: 0, upper: 1e9, direction: 'up' });
    expect(silence?.observed).toBeGreaterThan(15e9);
    expect(silence?.effectSize).toBeCloseTo((silence?.observed ?? NaN) / 1e9 - 1);
    expect(silence?.explanation).toMatch(/times as far from what was expected/);
  });

  test('that never comes back is told once', () => {
    const world = createWorld({ newNormalAfter: 10_000 });
    repeat(60, () => send(world, ['traces', 'metrics', 'logs']));
    world.advance(3_000_000);
    expect(told(world)).toEqual(['silence traces']);
    expect(world.closed().at(-1)?.sentence).toContain('taken for the new normal');
    expect(world.engine.findings.all).toEqual([]);
  });

  test.each(['traces', 'metrics', 'logs'] as const)('whose %s stop is the loss of a signal', (lost) => {
    const world = learned();
    const rest = (['traces', 'metrics', 'logs'] as const).filter((signal) => signal !== lost);
    repeat(20, () => send(world, rest));
    expect(told(world)).toEqual([`signal_loss ${lost}`]);
    expect(world.opened().find(({ series }) => series.measure === 'signal_loss')?.sentence).toMatch(
      /from checkout for \d s, while other signals of it come\.$/,
    );
  });

  test('whose traces stop while the rest now and then skips a bucket or two has lost a signal, told once', () => {
    const world = learned();
    repeat(60, (i) => send(world, i % 7 === 3 || i % 14 === 4 ? [] : ['metrics', 'logs']));
    expect(told(world)).toEqual(['signal_loss traces']);
    expect(world.closed()).toEqual([]);
  });

  test('that loses one signal and then the others: the loss ends in silence', () => {
    const world = learned();
    repeat(20, () => send(world, ['metrics', 'logs']));
    const before = world.opened().length;
    world.advance(20_000);
    expect(told(world, before)).toEqual(['silence traces']);
    const closed = world.closed().find(({ series }) => series.measure === 'signal_loss');
    expect(closed?.sentence).toContain('Now nothing comes from it at all.');
  });

  test('that comes back without one of them: the silence ends in a loss', () => {
    const world = learned();
    world.advance(20_000);
    const before = world.opened().length;
    repeat(20, () => send(world, ['traces', 'logs']));
    expect(told(world, before)).toEqual(['signal_loss metrics']);
    expect(world.closed().map(({ series }) => series.measure)).toContain('silence');
  });

  test('that comes back whole: nothing more is told', () => {
    const world = learned();
    world.advance(20_000);
    const before = world.opened().length;
    send(world, ['traces']);
    repeat(20, () => send(world, ['traces', 'metrics', 'logs']));
    expect(told(world, before)).toEqual([]);
    expect(world.engine.findings.all).toEqual([]);
  });
});

describe('late delivery', () => {
  test('of telemetry whose buckets are closed is told as such, and is no silence', () => {
    const world = learned();
    repeat(12, () => send(world, ['traces', 'logs'], 40_000));
    expect(told(world).filter((what) => !what.endsWith('metrics'))).toEqual([
      'late_delivery traces',
      'late_delivery logs',
    ]);
    const sentence = world.opened().find(({ series }) => series.signal === 'traces')?.sentence;
    expect(sentence).toMatch(/^Traces from checkout arrive 40 s late; usual are /);
  });

  test('of metrics that fall behind, too', () => {
    const world = learned();
    repeat(30, (index) => {
      send(world, ['traces', 'logs']);
      const timeMs = world.nowMs() - 800 * index;
      world.points(shop, [{ name: 'load', kind: 'gauge', timeMs, value: index % 7 }]);
    });
    expect(told(world)).toEqual(['late_delivery metrics']);
  });

  test('within the steps that are no silence yet is none', () => {
    const world = learned();
    repeat(12, () => send(world, ['traces', 'metrics', 'logs'], 2_500));
    expect(told(world)).toEqual([]);
  });

  test('of a service that is always late is no news', () => {
    const world = createWorld();
    const random = createRandom(1);
    repeat(120, () => send(world, ['traces'], 30_000 * (1 + 0.2 * random.uniform())));
    expect(told(world)).toEqual([]);
  });
});

describe('coverage', () => {
  test('of a service that stopped is not scored but silent, also before it was learned', () => {
    const world = createWorld();
    repeat(8, () => send(world, ['traces', 'metrics']));
    expect(world.engine.coverage.counts().silent).toBe(0);
    world.advance(10_000);
    const { silent, scored, learning } = world.engine.coverage.counts();
    expect({ scored, learning }).toEqual({ scored: 0, learning: 0 });
    expect(silent).toBeGreaterThan(5);
    const [entry] = [...world.engine.coverage.entries(0)];
    expect(entry?.item).toMatchObject({ state: 'silent', why: expect.stringContaining('not watched') });
  });

  test('of a metric that stopped while its service goes on is silent', () => {
    const world = learned();
    repeat(20, () => send(world, ['traces', 'logs']));
    repeat(20, () => {
      world.points(shop, [{ name: 'other', kind: 'gauge', timeMs: world.nowMs() + 1, value: Math.random() }]);
      world.advance(1000);
    });
    const states = [...world.engine.coverage.entries(0)].map(({ item }) => [item.title, item.state]);
    expect(states).toContainEqual(['load of checkout', 'silent']);
    expect(states).not.toContainEqual(['other of checkout', 'silent']);
  });
});
