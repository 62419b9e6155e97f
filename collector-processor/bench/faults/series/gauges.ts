import type { Draws } from '../random-draws.ts';
import type { SeriesModel } from './model.ts';
import { spikingUp, type Noise, remembering, white } from './noise.ts';
import { createSeason, DAY_MS, flat, HOUR_MS, MINUTE_MS } from './season.ts';

type Model = (draws: Draws) => SeriesModel;

const anywhere = { least: -Infinity, most: Infinity };
const positive = { least: 0, most: Infinity };

function around(noise: Noise): SeriesModel['draw'] {
  return (expected, spread) => expected + spread * noise();
}

const utilization: Model = (draws) => {
  const season = createSeason(draws, draws.between(0.3, 0.7));
  const usual = draws.between(0.15, 0.5);
  const noise = draws.between(0.01, 0.04);
  return {
    ...{ kind: 'cpu.utilization', form: 'gauge', unit: '1', season: 'daily', least: 0, most: 1 },
    expected: (localMs) => usual * season(localMs),
    spread: () => noise,
    draw: around(remembering(draws, draws.between(0.2, 0.8))),
  };
};

/** Fills between two collections of garbage. */
const sawTooth: Model = (draws) => {
  const cycleMs = Math.round(draws.between(12, 90)) * MINUTE_MS;
  const size = draws.logBetween(5e7, 4e9);
  const height = draws.between(0.2, 0.8);
  return {
    ...{ kind: 'memory.usage', form: 'gauge', unit: 'By', season: { cycleMs }, ...positive },
    expected: (localMs) => size * (1 - height + (height * (localMs % cycleMs)) / cycleMs),
    spread: () => 0.02 * size,
    draw: around(white(draws)),
  };
};

const connections: Model = (draws) => {
  const season = createSeason(draws, draws.between(0.2, 0.6));
  const usual = draws.between(20, 400);
  return {
    ...{ kind: 'pool.connections', form: 'integer', unit: '{connection}', season: 'daily', ...positive },
    expected: (localMs) => usual * season(localMs),
    spread: (expected) => 0.3 + 0.6 * Math.sqrt(expected),
    draw: around(remembering(draws, 0.7)),
  };
};

/** Empty most of the time, and long now and then. */
const queue: Model = (draws) => {
  const usual = draws.logBetween(0.3, 8);
  return {
    ...{ kind: 'queue.depth', form: 'integer', unit: '{message}', season: 'none', ...positive },
    expected: () => usual,
    spread: (expected) => Math.sqrt(expected + expected ** 2 / 1.2),
    draw: (expected, spread) => draws.overdispersed(expected, 1.2) + 0 * spread,
  };
};

/** On for some minutes of each cycle, as by a timer. */
const dutyCycle: Model = (draws) => {
  const cycleMs = draws.pick([15, 30, 60, 120]) * MINUTE_MS;
  const share = draws.between(0.2, 0.5);
  const [idle, busy] = [draws.between(0, 10), draws.between(40, 90)];
  const late = draws.between(0, 1) * cycleMs;
  return {
    ...{ kind: 'batch.load', form: 'gauge', unit: '%', season: { cycleMs }, least: 0, most: 100 },
    expected: (localMs) => ((localMs + late) % cycleMs < share * cycleMs ? busy : idle),
    spread: () => 2,
    draw: around(white(draws)),
  };
};

const temperature: Model = (draws) => {
  const season = createSeason(draws, 0.15);
  const noise = draws.between(0.3, 1);
  return {
    ...{ kind: 'hw.temperature', form: 'gauge', unit: 'Cel', season: 'daily', ...anywhere },
    expected: (localMs) => 45 * season(localMs),
    spread: () => noise,
    draw: around(remembering(draws, draws.between(0.9, 0.98))),
  };
};

/** Grows all day; a job cleans up at night. */
const disk: Model = (draws) => {
  const size = draws.logBetween(1e10, 1e12);
  const grown = draws.between(0.02, 0.15);
  const at = draws.between(0, 6) * HOUR_MS;
  return {
    ...{ kind: 'filesystem.usage', form: 'gauge', unit: 'By', season: { cycleMs: DAY_MS }, ...positive },
    expected: (localMs) => size * (0.4 + (grown * ((localMs - at) % DAY_MS)) / DAY_MS),
    spread: () => 0.002 * size,
    draw: around(remembering(draws, 0.9)),
  };
};

/** Wanders about and comes back within hours. */
const wandering: Model = (draws) => ({
  ...{ kind: 'cache.size', form: 'gauge', unit: '{entry}', season: 'none', ...positive },
  expected: () => 10_000,
  spread: () => 600,
  draw: around(remembering(draws, draws.between(0.98, 0.996))),
});

const spiky: Model = (draws) => ({
  ...{ kind: 'gc.pause', form: 'gauge', unit: 'ms', season: 'none', ...positive },
  expected: () => 40,
  spread: () => 4,
  draw: around(spikingUp(draws)),
});

/** A setting: it never moves. */
const constant: Model = (draws) => {
  const value = draws.pick([1, 10, 50, 512]);
  return {
    ...{ kind: 'pool.limit', form: 'integer', unit: '{connection}', season: 'none', ...positive },
    expected: () => value * flat(0),
    spread: () => 0,
    draw: (expected) => expected,
  };
};

export const gauges = {
  ...{ utilization, sawTooth, connections, queue, dutyCycle, temperature, disk, wandering, spiky, constant },
} satisfies Readonly<Record<string, Model>>;
