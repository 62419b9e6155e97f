import type { Draws } from '../random-draws.ts';
import { countKinds } from '../series/counts.ts';
import { gauges } from '../series/gauges.ts';
import type { SeriesModel } from '../series/model.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../series/season.ts';
import type { Effect } from './effect.ts';
import { noisier, outOfPhase, ramped, shifted, silent, skipped, standsOut, stuck, swung } from './fault-shapes.ts';

type Model = (draws: Draws) => SeriesModel;

export interface Episode {
  readonly draws: Draws;
  readonly model: SeriesModel;
  readonly magnitude: number;
  readonly startMs: number;
  readonly offsetMs: number;
}

export interface Injected {
  readonly effect: Effect;
  /** Directions that are right; nothing: any. */
  readonly direction?: 'up' | 'down';
}

export interface FaultKind {
  readonly kind: string;
  readonly unit: string;
  readonly magnitudes: readonly number[];
  readonly lengthMs: number;
  /** Series that it may befall. */
  readonly models: readonly Model[];
  readonly suits?: (model: SeriesModel) => boolean;
  /** How many series of the service it befalls at once; 1 unless given. */
  readonly series?: number;
  readonly isSilence?: true;
  inject(episode: Episode): Injected;
}

const noisy = [
  gauges.utilization,
  gauges.connections,
  gauges.temperature,
  gauges.spiky,
  countKinds.requests,
  countKinds.traffic,
  countKinds.latency,
];
const seasonal = [gauges.utilization, gauges.connections, gauges.temperature, countKinds.requests, countKinds.traffic];
const all = [...noisy, gauges.sawTooth, gauges.disk, gauges.wandering];
const pronounced = (model: SeriesModel): boolean => standsOut(model) >= 6;
const minutes = (count: number): number => count * MINUTE_MS;

/** Up or down by turns where the series has room for it. */
function signOf({ draws, model, magnitude, startMs, offsetMs }: Episode): 1 | -1 {
  const expected = model.expected(startMs + offsetMs);
  const size = magnitude * model.spread(expected);
  const [up, down] = [expected + size <= model.most, expected - size >= model.least];
  return up && (!down || draws.uniform() < 0.5) ? 1 : -1;
}

function moved(shape: (range: { startMs: number; endMs: number }, units: number) => Effect, lengthMs: number) {
  return (episode: Episode): Injected => {
    const sign = signOf(episode);
    const range = { startMs: episode.startMs, endMs: episode.startMs + lengthMs };
    return { effect: shape(range, sign * episode.magnitude), direction: sign > 0 ? 'up' : 'down' };
  };
}

function changed(shape: (range: { startMs: number; endMs: number }, episode: Episode) => Effect, lengthMs: number) {
  return (episode: Episode): Injected => ({
    effect: shape({ startMs: episode.startMs, endMs: episode.startMs + lengthMs }, episode),
  });
}

function cycleOf({ season }: SeriesModel): number {
  return typeof season === 'object' ? season.cycleMs : DAY_MS;
}

/** Faults of single series; what befalls whole services stands in service-kinds.ts. Magnitudes in `noise` are in standard deviations of the series' own noise. */
export const faultKinds: readonly FaultKind[] = [
  {
    ...{ kind: 'point', unit: 'noise', magnitudes: [4, 6, 10, 20], lengthMs: minutes(1), models: all },
    inject: moved(shifted, minutes(1)),
  },
  {
    ...{ kind: 'level', unit: 'noise', magnitudes: [2, 3, 5, 8], lengthMs: minutes(120), models: noisy },
    inject: moved(shifted, minutes(120)),
  },
  {
    ...{ kind: 'trend', unit: 'noise at the end', magnitudes: [4, 8, 16], lengthMs: minutes(240), models: noisy },
    inject: moved(ramped, minutes(240)),
  },
  {
    ...{ kind: 'season_phase', unit: 'hours', magnitudes: [2, 4, 8], lengthMs: 12 * HOUR_MS, models: seasonal },
    suits: pronounced,
    inject: changed(
      (range, { magnitude, draws }) => outOfPhase(range, (draws.uniform() < 0.5 ? 1 : -1) * magnitude * HOUR_MS),
      12 * HOUR_MS,
    ),
  },
  {
    ...{
      kind: 'season_amplitude',
      unit: 'times',
      magnitudes: [0.3, 1.6, 2.2],
      lengthMs: 12 * HOUR_MS,
      models: seasonal,
    },
    suits: pronounced,
    inject: changed((range, { model, magnitude }) => swung(range, model, magnitude), 12 * HOUR_MS),
  },
  {
    ...{ kind: 'season_shape', unit: 'times', magnitudes: [0, -1], lengthMs: 12 * HOUR_MS, models: seasonal },
    suits: pronounced,
    inject: changed((range, { model, magnitude }) => swung(range, model, magnitude), 12 * HOUR_MS),
  },
  {
    ...{ kind: 'missing_cycle', unit: 'cycles', magnitudes: [1, 2, 4], lengthMs: 8 * HOUR_MS },
    models: [gauges.dutyCycle, gauges.sawTooth],
    inject({ model, magnitude, startMs, offsetMs }) {
      // From the beginning of a cycle on, so that whole ones are missing.
      const cycleMs = cycleOf(model);
      const begins = startMs + cycleMs - ((startMs + offsetMs) % cycleMs);
      return { effect: skipped({ startMs: begins, endMs: begins + magnitude * cycleMs }, model) };
    },
  },
  {
    ...{ kind: 'variance', unit: 'times', magnitudes: [2, 3, 5], lengthMs: minutes(120), models: noisy },
    inject: changed((range, { magnitude }) => noisier(range, magnitude), minutes(120)),
  },
  {
    ...{ kind: 'stuck', unit: 'hours', magnitudes: [2], lengthMs: minutes(120), models: noisy },
    inject: changed((range) => stuck(range), minutes(120)),
  },
  {
    ...{ kind: 'silence_series', unit: 'hours', magnitudes: [1], lengthMs: minutes(60), models: all, isSilence: true },
    inject: changed((range) => silent(range), minutes(60)),
  },
  {
    ...{
      kind: 'correlated',
      unit: 'noise',
      magnitudes: [1, 1.5, 2, 3],
      lengthMs: minutes(60),
      models: noisy,
      series: 6,
    },
    inject: moved(shifted, minutes(60)),
  },
  {
    ...{ kind: 'low_traffic', unit: 'times', magnitudes: [5, 20, 60], lengthMs: minutes(60) },
    models: [countKinds.rareEvents],
    inject: ({ startMs, magnitude }) => ({
      effect: { startMs, endMs: startMs + minutes(60), level: (expected) => magnitude * expected },
      direction: 'up',
    }),
  },
];
