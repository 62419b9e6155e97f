import { describe, expect, test } from '@jest/globals';
import { createRandom } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';

const shop = { service: 'checkout' };
const random = createRandom(5);

/** One bucket of requests, `lines` records each with the request's trace, `bad` of the records being warnings. */
function serve(world: World, { calls = 20, lines = 3, bad = 0.04 } = {}): void {
  const timeMs = world.nowMs() + 1;
  const count = 1 + random.poisson(calls);
  const traceIds = Array.from({ length: count }, (_unused, i) => (i + 1).toString(16));
  world.spans(
    shop,
    traceIds.map((traceId) => ({ name: 'GET /', endMs: timeMs, durationMs: 9, traceId })),
  );
  const records = traceIds.flatMap((traceId) =>
    Array.from({ length: lines }, (_unused, i) => {
      const isBad = random.uniform() < bad;
      return {
        timeMs,
        traceId,
        severity: isBad ? 13 : 9,
        body: isBad ? 'cache is cold' : `step ${'abc'.charAt(i % 3)} done`,
      };
    }),
  );
  world.logs(shop, records);
  world.advance(1000);
}

function told(world: World): string[] {
  return world.opened().map(({ series, direction }) => `${series.measure} ${direction}`);
}

describe('the share of warnings and worse', () => {
  test('that rises while the service logs less is told', () => {
    const world = createWorld();
    repeat(90, () => serve(world, { calls: 300 }));
    expect(told(world)).toEqual([]);
    repeat(12, () => serve(world, { calls: 50, bad: 0.25 }));
    expect(told(world)).toContain('severity_share up');
    const sentence = world.opened().find(({ series }) => series.measure === 'severity_share')?.sentence;
    expect(sentence).toMatch(/^Share of WARN records and worse of checkout rose to \d+(\.\d)? %; expected /);
  });

  test('is not told beside the line that rose', () => {
    const world = createWorld();
    repeat(90, () => serve(world));
    repeat(12, () => serve(world, { bad: 0.7 }));
    expect(told(world)).not.toContain('severity_share up');
    expect(told(world).length).toBeGreaterThan(0);
  });
});

describe('log records per call', () => {
  test('that fall while calls stay are told: a line is missing', () => {
    const world = createWorld();
    repeat(90, () => serve(world));
    expect(told(world)).toEqual([]);
    repeat(12, () => serve(world, { lines: 1 }));
    expect(told(world)).toContain('lines_per_call down');
    const sentence = world.opened().find(({ series }) => series.measure === 'lines_per_call')?.sentence;
    expect(sentence).toMatch(/^Log records per call of checkout fell to [\d.]+; expected [\d.]+ to [\d.]+\.$/);
  });

  test('that rise are told, unless a line says so itself', () => {
    const world = createWorld();
    repeat(90, () => serve(world));
    repeat(12, () => serve(world, { lines: 9 }));
    expect(told(world).some((what) => what === 'lines_per_call up' || what.startsWith('template_rate'))).toBe(true);
  });

  test('stay as they are when traffic changes', () => {
    const world = createWorld();
    repeat(90, () => serve(world, { calls: 30 }));
    repeat(60, () => serve(world, { calls: 12 }));
    expect(told(world).filter((what) => what.startsWith('lines_per_call'))).toEqual([]);
  });
});
