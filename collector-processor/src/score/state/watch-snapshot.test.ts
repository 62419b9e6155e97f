import { expect, test } from '@jest/globals';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';
import { restoreSnapshot, saveSnapshot } from './snapshot.ts';
import { loadWatches, saveWatches } from './watch-snapshot.ts';

function send(world: World, ageMs: number): void {
  world.spans({ service: 'checkout' }, [{ name: 'GET /cart', endMs: world.nowMs() - ageMs, durationMs: 5 }]);
  world.advance(1000);
}

function learned(): World {
  const world = createWorld();
  repeat(60, () => send(world, 1));
  return world;
}

const isLate = (world: World): boolean => world.opened().some(({ series }) => series.measure === 'late_delivery');

test('what watches know is there after a restart', () => {
  const before = learned();
  const after = createWorld({}, before.nowMs());
  expect(restoreSnapshot(after.engine.state, Buffer.concat([...saveSnapshot(before.engine.state, 1)])).kind).toBe(
    'restored',
  );
  send(after, 1);
  repeat(6, () => send(after, 40_000));
  expect(isLate(after)).toBe(true);
});

test('a watch of another version starts anew', () => {
  const before = learned();
  const { subjects, watches } = before.engine.state;
  const later = watches.map((watch) => ({ ...watch, version: watch.version + 1 }));
  const pieces = [...saveWatches(subjects, later)];
  for (const { state } of watches) for (let at = 0; at < subjects.extent; at++) state.clear(at);
  for (const piece of pieces) loadWatches(subjects, watches, piece);
  repeat(6, () => send(before, 40_000));
  expect(isLate(before)).toBe(false);
});
