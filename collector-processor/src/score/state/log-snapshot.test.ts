import { describe, expect, test } from '@jest/globals';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';
import { readSnapshot, SectionKind, snapshotHeader, snapshotSection } from './snapshot-format.ts';
import { restoreSnapshot, saveSnapshot } from './snapshot.ts';

const shop = { service: 'checkout' };
const ERROR = 17;
const names = ['ana', 'berta', 'carl', 'dora', 'emil', 'frida', 'gustav', 'hanna'];

/** A second in which each kind of line comes: `times` of each. */
function second(world: World, bodies: readonly string[], times = 1): void {
  const timeMs = world.nowMs() + 1;
  world.logs(
    shop,
    bodies.flatMap((body) => Array.from({ length: times }, () => ({ timeMs, body, severity: ERROR }))),
  );
  world.advance(1000);
}

const usual = [
  'connection lost to 4711',
  ...names.map((name) => `basket that ${name} filled was lost`),
  ...names.map((name) => `transfer of goods for ${name} failed`),
  'transfer of goods for 12 failed',
];

function learned(): World {
  const world = createWorld();
  repeat(60, () => second(world, usual));
  world.advance(2000);
  return world;
}

function fileOf(world: World): Buffer {
  return Buffer.concat([...saveSnapshot(world.engine.state, world.nowMs())]);
}

function restarted(file: Uint8Array, nowMs: number) {
  const world = createWorld({}, nowMs);
  return { world, outcome: restoreSnapshot(world.engine.state, file) };
}

describe('after a restart', () => {
  test('no known template is new, merged ones and other names included', () => {
    const before = learned();
    const { world, outcome } = restarted(fileOf(before), before.nowMs());
    const { series } = world.engine;
    expect(outcome).toMatchObject({ kind: 'restored', templates: before.engine.state.logs.miner.size });
    const known = series.size;
    repeat(5, () => second(world, [...usual, 'basket that ivan filled was lost'], 4));
    expect(world.opened().filter(({ series: { measure } }) => measure === 'new_template')).toEqual([]);
    expect(series.size).toBe(known);
    expect(world.engine.state.logs.miner.size).toBe(before.engine.state.logs.miner.size);
  });

  test('a new one is news at once', () => {
    const before = learned();
    const { world } = restarted(fileOf(before), before.nowMs());
    repeat(5, () => second(world, [...usual, ...Array.from({ length: 6 }, () => 'card of 12 declined')]));
    expect(world.opened().map(({ series: { measure, template } }) => [measure, template])).toContainEqual([
      'new_template',
      'card of <*> declined',
    ]);
  });

  test('templates of another version are learned anew, which is said, and are no news', () => {
    const before = learned();
    const { world, outcome } = restarted(withOtherTemplates(fileOf(before)), before.nowMs());
    expect(outcome).toMatchObject({ kind: 'restored', templates: 0 });
    expect(outcome.kind === 'restored' && outcome.templatesFresh).toBe('its log templates are of another version');
    repeat(20, () => second(world, [...usual, 'card of 12 declined'], 4));
    expect(world.opened().filter(({ series: { measure } }) => measure === 'new_template')).toEqual([]);
  });

  test('what finds no room is left out', () => {
    const before = learned();
    const world = createWorld({ maxTemplates: 2 }, before.nowMs());
    expect(restoreSnapshot(world.engine.state, fileOf(before))).toMatchObject({ kind: 'restored', templates: 2 });
    second(world, usual);
    expect(world.engine.state.logs.miner.size).toBeLessThanOrEqual(2);
  });
});

function withOtherTemplates(file: Uint8Array): Buffer {
  const read = readSnapshot(file);
  if (read.kind === 'unusable') throw new Error(read.reason);
  const sections = read.sections.map(({ kind, bytes }) => {
    if (kind !== SectionKind.templates) return snapshotSection(kind, bytes);
    const piece: object = JSON.parse(Buffer.from(bytes).toString()) as object;
    return snapshotSection(kind, Buffer.from(JSON.stringify({ ...piece, version: 0 })));
  });
  return Buffer.concat([snapshotHeader(), ...sections, snapshotSection(SectionKind.end, new Uint8Array(0))]);
}
