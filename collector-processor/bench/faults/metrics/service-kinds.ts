import type { Draws } from '../random-draws.ts';
import { countKinds } from '../series/counts.ts';
import { gauges } from '../series/gauges.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../series/season.ts';
import { befall, draft, type Draft, type Hit, specOf } from './draft.ts';
import { dayOf, shifted, silent } from './fault-shapes.ts';
import type { ServiceSpec } from './service.ts';

/** When faults may begin: so many days, from this one on. */
export interface FaultDays {
  readonly startMs: number;
  readonly warmDays: number;
  readonly faultDays: number;
}

export interface Planned {
  readonly draft: Draft;
  readonly spec: ServiceSpec;
}

interface Place extends FaultDays {
  readonly name: string;
  readonly draws: Draws;
  /** Which of the services of its kind this is. */
  readonly turn: number;
}

const noisy = [gauges.utilization, countKinds.requests, countKinds.latency, gauges.connections];

/** All of a service stops sending for an hour, once on each day of faults. */
function silenceOfService(place: Place): Planned {
  const { draws, startMs, warmDays, faultDays, name } = place;
  const planned = draft(name, 'silence_service', { draws, models: noisy.slice(0, 3).map((model) => model(draws)) });
  const silences = Array.from({ length: faultDays }, (_, day) => {
    const from = startMs + (warmDays + day) * DAY_MS + draws.between(2, 14) * HOUR_MS;
    const effect = silent({ startMs: from, endMs: from + HOUR_MS });
    const hits = [0, 1, 2].map((stream) => ({ stream, effect }));
    befall(planned, { magnitude: 1, unit: 'hours', hits: hits as [Hit, ...Hit[]], isSilence: true });
    return [effect.startMs, effect.endMs] as const;
  });
  return { draft: planned, spec: specOf(planned, { silences }) };
}

/** Something comes at an hour when nobody does. */
function busyNight(place: Place): Planned {
  const { draws, startMs, warmDays, faultDays, name, turn } = place;
  const model = countKinds.nights(draws);
  const planned = draft(name, 'quiet_nights', { draws, models: [model, countKinds.nights(draws)] });
  const { most } = dayOf(model);
  for (let day = 0; day < faultDays; day++) {
    const share = [0.1, 0.3, 1][(turn + day) % 3] as number;
    const night = quietestMinute(model, startMs + (warmDays + day) * DAY_MS + 2 * HOUR_MS, planned.offsetMs);
    const effect = { startMs: night, endMs: night + HOUR_MS, level: (expected: number) => expected + share * most };
    befall(planned, { magnitude: share, unit: 'of the peak', hits: [{ stream: 0, effect, direction: 'up' }] });
  }
  return { draft: planned, spec: specOf(planned) };
}

function quietestMinute(model: ReturnType<typeof countKinds.nights>, fromMs: number, offsetMs: number): number {
  const times = Array.from({ length: 96 }, (_, quarter) => fromMs + quarter * 15 * MINUTE_MS);
  const loads = times.map((time) => model.expected(time + offsetMs));
  return times[loads.indexOf(Math.min(...loads))]!;
}

/** A release a day: a restart of all instances and a blip of a minute. The last one brings a fault. */
function deploys(place: Place): Planned {
  const { draws, startMs, warmDays, faultDays, name, turn } = place;
  const planned = draft(name, 'deploy', { draws, models: noisy.map((model) => model(draws)) });
  const days = Array.from({ length: 3 + faultDays }, (_, day) => warmDays - 3 + day);
  const deploysMs = days.map((day) => startMs + day * DAY_MS + draws.between(8, 16) * HOUR_MS);
  for (const at of deploysMs) {
    for (const { effects } of planned.streams) effects.push(shifted({ startMs: at, endMs: at + MINUTE_MS }, 3));
  }
  const [bad] = deploysMs.slice(-1);
  const effect = shifted({ startMs: bad!, endMs: bad! + 2 * HOUR_MS }, [5, 8][turn % 2] as number);
  // A service that serves everything slower: the other series stay as they are.
  befall(planned, {
    magnitude: [5, 8][turn % 2] as number,
    unit: 'noise',
    hits: [{ stream: 2, effect, direction: 'up' }],
  });
  return { draft: planned, spec: specOf(planned, { deploysMs, instances: 2 + (turn % 2) }) };
}

/** Clocks are changed on the first day of faults, at two in the morning; a plain level fault comes the day after. */
function daylightSaving(place: Place): Planned {
  const { draws, startMs, warmDays, name, turn } = place;
  const seasonal = [countKinds.requests, gauges.utilization, gauges.connections, countKinds.nights];
  const planned = draft(name, 'daylight_saving', {
    draws,
    models: [0, 1].map((next) => seasonal[(turn + next) % 4]!(draws)),
  });
  const changesMs = startMs + warmDays * DAY_MS + 2 * HOUR_MS - planned.offsetMs;
  const byMs = turn % 2 === 0 ? HOUR_MS : -HOUR_MS;
  const from = startMs + (warmDays + 1) * DAY_MS + draws.between(8, 20) * HOUR_MS;
  const effect = shifted({ startMs: from, endMs: from + 2 * HOUR_MS }, 8);
  befall(planned, { magnitude: 8, unit: 'noise', hits: [{ stream: 0, effect, direction: 'up' }] });
  const localOffsetMs = (timeMs: number): number => planned.offsetMs + (timeMs >= changesMs ? byMs : 0);
  return { draft: planned, spec: specOf(planned, { localOffsetMs }) };
}

/** Faults and surroundings of whole services. */
export const serviceKinds: readonly ((place: Place) => Planned)[] = [
  silenceOfService,
  busyNight,
  deploys,
  daylightSaving,
];
