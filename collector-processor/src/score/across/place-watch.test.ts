import { describe, expect, test } from '@jest/globals';
import { restoreSnapshot, saveSnapshot } from '../state/snapshot.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';
import { binomialTail } from './binomial.ts';

describe('the binomial tail', () => {
  test('is what adding up gives', () => {
    expect(binomialTail(1, 1, 0.3)).toBeCloseTo(0.3);
    expect(binomialTail(2, 3, 0.5)).toBeCloseTo(0.5);
    expect(binomialTail(3, 5, 0.1)).toBeCloseTo(0.00856);
    expect(binomialTail(0, 5, 0.1)).toBe(1);
    expect(binomialTail(6, 5, 0.1)).toBe(0);
    expect(binomialTail(50, 60, 0.01)).toBeLessThan(1e-80);
  });

  test('falls with every further one', () => {
    const tails = Array.from({ length: 21 }, (_, odd) => binomialTail(odd, 20, 0.07));
    expect(tails).toEqual(tails.toSorted((a, b) => b - a));
  });
});

const services = Array.from({ length: 16 }, (_, i) => `service-${i}`);
/** The first six services run on one node, the others on nodes of their own. */
const nodeOf = (i: number): string => (i < 6 ? 'node-a' : `node-${i}`);

/** One bucket of calls to each service. */
function serve(world: World, random: Random, slow: (i: number) => boolean = () => false): void {
  services.forEach((service, i) => {
    const spans = Array.from({ length: 12 }, () => ({
      name: 'GET',
      endMs: world.nowMs() + world.options.bucket * random.uniform(),
      durationMs: (slow(i) ? 300 : 30) * Math.exp(0.3 * random.normal()),
    }));
    world.spans({ service, node: nodeOf(i) }, spans);
  });
  world.advance(world.options.bucket);
}

function learned(changes: Parameters<typeof createWorld>[0] = {}) {
  const world = createWorld(changes);
  const random = createRandom(1);
  repeat(60, () => serve(world, random));
  return { world, random, before: world.opened().length };
}

const placesOf = (world: World) => world.opened().filter(({ series }) => series.measure === 'place_event');

/** Callers in two zones, each of which calls a service of its own in zone b: one instance in each zone, or all in one. */
function serveZones(world: World, random: Random, slowInB = false): void {
  const near = (ms: number): number => ms * Math.exp(0.2 * random.normal());
  for (let pair = 0; pair < 6; pair++) {
    for (let request = 0; request < 12; request++) {
      const zone = pair < 3 || request % 2 === 0 ? 'b' : 'a';
      const callee = near(slowInB && zone === 'b' ? 300 : 30);
      const endMs = world.nowMs() + 1 + 900 * random.uniform();
      const traceId = `${pair}${++requests}`.padStart(32, '0');
      const [root, client] = [`a${requests}`, `b${requests}`].map((id) => id.padStart(16, '0'));
      const [service, from] = [`leaf-${pair}`, `caller-${pair}`];
      const side = { traceId, name: 'GET', attributes: { 'peer.service': service } };
      world.spans({ service: from, instance: from, zone: 'a' }, [
        { ...side, kind: 3, endMs, durationMs: callee + 3, spanId: client!, parentSpanId: root! },
        { ...side, kind: 2, endMs, durationMs: callee + near(10), spanId: root!, parentSpanId: '0' },
      ]);
      world.spans({ service, instance: `${service}-${zone}`, zone }, [
        { traceId, name: 'GET', kind: 2, endMs: endMs - 1, durationMs: callee, parentSpanId: client! },
      ]);
    }
  }
  world.advance(world.options.bucket);
}
let requests = 0;

test('a zone is told by what runs in it, also by half, whoever else waits for that', () => {
  const world = createWorld();
  const random = createRandom(1);
  repeat(60, () => serveZones(world, random));
  expect(placesOf(world)).toEqual([]);
  repeat(8, () => serveZones(world, random, true));
  expect(placesOf(world).map(({ series }) => series.service)).toEqual(['zone b']);
});

describe('services of one node that turn odd together', () => {
  test('are one finding with the others as its side effects, until it is over', () => {
    const { world, random, before } = learned();
    repeat(8, () => serve(world, random, (i) => i < 6));
    const told = world.opened().slice(before);
    const [found, ...others] = placesOf(world);
    expect(others).toEqual([]);
    expect(found?.sentence).toMatch(
      /^Node node-a: \d of 6 services there turned odd together, and 0 of 10 elsewhere: service-\d, .+\.$/,
    );
    expect(found?.series).toMatchObject({ service: 'node node-a', attributes: { 'k8s.node.name': 'node-a' } });
    expect(found?.peakScore).toBeGreaterThan(1);
    expect(told.length).toBeLessThan(6);
    expect(world.counter('sentinel_findings_within_place_total')).toBeGreaterThan(6);
    expect(world.engine.places.anomalies()).toHaveLength(1);
    expect(
      world.engine.places.anomalies()[0]?.reasons.filter(({ detector }) => detector === 'side effect').length,
    ).toBeGreaterThan(5);
    expect(world.engine.findings.anomalies().length).toBeLessThan(6);
    repeat(12, () => serve(world, random));
    expect(world.closed().filter(({ series }) => series.measure === 'place_event')).toHaveLength(1);
    expect(world.engine.places.anomalies()).toEqual([]);
    // What was never told is not closed either.
    const ids = new Set(world.opened().map(({ id }) => id));
    expect(world.closed().filter(({ id }) => !ids.has(id))).toEqual([]);
  });

  test('are no such finding when services elsewhere turn odd as well, or only a few there, or when it is switched off', () => {
    for (const [slow, changes] of [
      [() => true, {}],
      [(i: number) => i < 2, {}],
      [(i: number) => i < 6, { places: { minimum: 0, share: 0.5, window: 120_000 } }],
    ] as const) {
      const { world, random, before } = learned(changes);
      repeat(8, () => serve(world, random, slow));
      expect(placesOf(world)).toEqual([]);
      expect(world.opened().length).toBeGreaterThan(before);
    }
  });

  test('go on as one after a restart', () => {
    const { world, random } = learned();
    repeat(8, () => serve(world, random, (i) => i < 6));
    const file = Buffer.concat([...saveSnapshot(world.engine.state, 0)]);
    const next = createWorld({}, world.nowMs());
    expect(restoreSnapshot(next.engine.state, file).kind).toBe('restored');
    expect(next.engine.places.anomalies()).toEqual(world.engine.places.anomalies());
    expect(next.engine.findings.anomalies()).toEqual(world.engine.findings.anomalies());
    repeat(12, () => serve(next, random));
    expect(next.closed().filter(({ series }) => series.measure === 'place_event')).toHaveLength(1);
  });
});
