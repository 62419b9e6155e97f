import { expect, test } from '@jest/globals';
import type { Tuning } from '../../model/tuning.ts';
import { createRandom } from '../testing/random.ts';
import { testOptions } from '../testing/test-options.ts';
import { repeat } from '../testing/traffic.ts';
import { createWorld, type World } from '../testing/world.ts';
import { Tunings } from '../tuning/tunings.ts';
import type { ShadowOptions } from './shadow-options.ts';

const DAY_OF_RULES: Tuning[] = [{ scope: { tenant: '', service: 'checkout' }, threshold: 50 }];

function worldWith(changes: Partial<ShadowOptions>, tunings = new Tunings()): World {
  const shadow = { ...testOptions().shadow, enabled: true, maxSeries: 50, ...changes };
  return createWorld({ shadow }, undefined, undefined, tunings);
}

/** Two queues, of which one grows by so much for six steps. */
function runs(world: World, rise: number): void {
  const random = createRandom(3);
  const send = (value: number): void => {
    const queue = (name: string, level: number) =>
      ({ name, kind: 'gauge', timeMs: world.nowMs() + 1, value: level + random.normal() }) as const;
    world.points({ service: 'checkout' }, [queue('calm', 20), queue('growing', value)]);
    world.advance(1000);
  };
  repeat(120, () => send(20));
  repeat(6, () => send(20 + rise));
  repeat(12, () => send(20));
}

function report(world: World) {
  const told = world.engine.shadow?.report();
  if (told === undefined) throw new Error('There is no shadow.');
  return told;
}

test('the same configuration raises what live raises, on the scores of the live detectors', () => {
  const world = worldWith({});
  runs(world, 60);
  expect(world.opened()).toHaveLength(1);
  expect(report(world)).toMatchObject({ sharesScores: true, raised: 1, besideSeries: 1, liveRaised: 1, missed: 0 });
  expect(world.counter('sentinel_shadow_findings_total', 'beside="series"')).toBe(1);
});

test('a stricter border would have missed it, and the note names the live finding', () => {
  const world = worldWith({ noticeSurprise: 50 });
  runs(world, 60);
  const [live] = world.opened();
  expect(report(world)).toMatchObject({ raised: 0, liveRaised: 1, missed: 1 });
  expect(report(world).notes).toMatchObject([{ kind: 'missed', anomalyId: live?.id, series: { metric: 'growing' } }]);
  expect(world.counter('sentinel_shadow_missed_total')).toBe(1);
});

test('a laxer border raises more, alone, and nobody but the shadow hears of it', () => {
  const world = worldWith({ noticeSurprise: 0.4 });
  runs(world, 0);
  expect(world.events).toEqual([]);
  const { raised, alone, notes } = report(world);
  expect([raised > 0, alone]).toEqual([true, raised]);
  expect(notes[0]).toMatchObject({ kind: 'raised', beside: 'alone' });
});

test('rules are tried beside those that act, or in place of them', () => {
  const tried = worldWith({ rules: DAY_OF_RULES });
  runs(tried, 60);
  expect(report(tried)).toMatchObject({ raised: 0, missed: 1, settings: { rules: DAY_OF_RULES } });
  const acting = new Tunings();
  acting.apply(DAY_OF_RULES);
  const without = worldWith({ liveRules: false }, acting);
  runs(without, 60);
  expect(without.opened()).toEqual([]);
  expect(report(without)).toMatchObject({ raised: 1, besideSeries: 0, liveRaised: 0, live: { rules: DAY_OF_RULES } });
});

test('where others are asked the shadow learns by itself, and finds the same when they have nothing to say', () => {
  const world = worldWith({ without: ['events', 'long pattern'] });
  runs(world, 60);
  expect(report(world)).toMatchObject({ sharesScores: false, raised: 1, besideSeries: 1, missed: 0 });
});

test('who asks nobody raises nothing', () => {
  const world = worldWith({ without: ['level', 'spread', 'record', 'pattern', 'events'] });
  runs(world, 60);
  expect(report(world)).toMatchObject({ raised: 0, missed: 1 });
});

test('live, too, what is left out is not asked', () => {
  const world = createWorld({ without: ['level', 'spread', 'record', 'pattern', 'events'] });
  runs(world, 60);
  expect(world.opened()).toEqual([]);
});

test('what is promoted acts from the next step on, comparison begins anew, and findings name what was not asked', () => {
  const tunings = new Tunings();
  const world = worldWith({ noticeSurprise: 50 }, tunings);
  runs(world, 60);
  tunings.apply([], { noticeSurprise: 50, without: ['record'] });
  runs(world, 60);
  expect(world.opened()).toHaveLength(1);
  expect(report(world)).toMatchObject({ liveRaised: 0, missed: 0, live: { noticeSurprise: 50, without: ['record'] } });
  const asked = new Tunings();
  asked.apply([], { without: ['record'] });
  const other = createWorld({}, undefined, undefined, asked);
  runs(other, 60);
  expect(other.opened()[0]?.detectorVersion).toMatch(/without record$/);
});

test('no more series than are allowed take part', () => {
  const world = worldWith({ maxSeries: 1 });
  runs(world, 60);
  expect(report(world).series).toBe(1);
  expect(report(world).seriesLeftOut).toBeGreaterThan(0);
});

test('no more notes are kept than are allowed', () => {
  const world = worldWith({ noticeSurprise: 0.3, maxKept: 1 });
  runs(world, 5);
  expect(report(world).notes).toHaveLength(1);
});

test('without the setting there is none', () => {
  expect(createWorld().engine.shadow).toBeUndefined();
});
