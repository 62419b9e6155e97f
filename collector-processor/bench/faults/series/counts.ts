import type { Draws } from '../random-draws.ts';
import type { SeriesModel } from './model.ts';
import { remembering, white } from './noise.ts';
import { createSeason } from './season.ts';

type Model = (draws: Draws) => SeriesModel;

const counts = { form: 'count', least: 0, most: Infinity } as const;

/** Counts of a minute; the smaller `shape`, the more they come in bursts. */
function counted(draws: Draws, shape: number): Pick<SeriesModel, 'spread' | 'draw'> {
  return {
    spread: (expected) => Math.sqrt(expected + expected ** 2 / shape),
    draw(expected, spread) {
      const usual = Math.sqrt(expected + expected ** 2 / shape);
      const drawn = draws.overdispersed(expected, shape);
      return usual === 0 ? drawn : Math.round(expected + ((drawn - expected) * spread) / usual);
    },
  };
}

const requests: Model = (draws) => {
  const season = createSeason(draws, draws.between(0.3, 0.8));
  const usual = draws.logBetween(60, 30_000);
  return {
    ...{ kind: 'http.requests', unit: '{request}', season: 'daily', ...counts },
    expected: (localMs) => usual * season(localMs),
    ...counted(draws, draws.logBetween(30, 400)),
  };
};

/** Some an hour, at any time. */
const rareEvents: Model = (draws) => {
  const usual = draws.logBetween(0.02, 1);
  return {
    ...{ kind: 'logins.failed', unit: '{event}', season: 'none', ...counts },
    expected: () => usual,
    ...counted(draws, 5),
  };
};

/** Nearly nobody comes at night. */
const nights: Model = (draws) => {
  const season = createSeason(draws, 1);
  const usual = draws.logBetween(20, 600);
  return {
    ...{ kind: 'orders.placed', unit: '{order}', season: 'daily', ...counts },
    expected: (localMs) => usual * Math.max(0, season(localMs) - 0.35) ** 1.5,
    ...counted(draws, 20),
  };
};

/** Bytes: few large things among many small ones. */
const traffic: Model = (draws) => {
  const season = createSeason(draws, draws.between(0.3, 0.6));
  const usual = draws.logBetween(1e6, 1e9);
  const noise = remembering(draws, 0.5);
  const tail = draws.between(0.15, 0.5);
  return {
    ...{ kind: 'network.io', unit: 'By', season: 'daily', ...counts },
    expected: (localMs) => usual * season(localMs),
    spread: (expected) => tail * expected,
    draw: (expected, spread) =>
      expected <= 0 ? 0 : Math.round(expected * Math.exp((spread / expected) * noise() - (spread / expected) ** 2 / 2)),
  };
};

/** Median latency in seconds; how many requests there are follows the day. */
const latency: Model = (draws) => {
  const season = createSeason(draws, draws.between(0.3, 0.8));
  const usual = draws.logBetween(0.01, 0.5);
  const perMinute = draws.logBetween(30, 3000);
  const noise = white(draws);
  return {
    ...{ kind: 'http.duration', form: 'latency', unit: 's', season: 'none', least: 0.0005, most: Infinity },
    expected: (localMs) => usual * (0.9 + 0.1 * season(localMs)),
    spread: (expected) => 0.06 * expected,
    draw: (expected, spread) => expected + spread * noise(),
    requests: (localMs) => draws.overdispersed(perMinute * season(localMs), 60),
  };
};

export const countKinds = { requests, rareEvents, nights, traffic, latency } satisfies Readonly<Record<string, Model>>;
