import type { FaultLabel } from '../label.ts';
import type { Draws } from '../random-draws.ts';
import type { SeriesModel } from '../series/model.ts';
import { HOUR_MS, MINUTE_MS } from '../series/season.ts';
import type { Sighting } from '../sighting.ts';
import type { Effect } from './effect.ts';
import type { ServiceSpec } from './service.ts';
import type { StreamSpec } from './stream.ts';

/** A service while its faults are being planned. */
export interface Draft {
  readonly name: string;
  readonly kind: string;
  readonly draws: Draws;
  readonly streams: (Omit<StreamSpec, 'effects'> & { readonly effects: Effect[] })[];
  readonly offsetMs: number;
  readonly labels: FaultLabel[];
}

export type Model = (draws: Draws) => SeriesModel;

/** A service of these series, somewhere in the world. */
export function draft(
  name: string,
  kind: string,
  { draws, models }: { draws: Draws; models: readonly SeriesModel[] },
): Draft {
  const times = new Map<string, number>();
  const streams = models.map((model) => {
    const before = times.get(model.kind) ?? 0;
    times.set(model.kind, before + 1);
    const { form, unit } = model;
    const metric = before === 0 ? model.kind : `${model.kind}.${before + 1}`;
    const attributes =
      form === 'count' || form === 'latency' ? { 'http.route': '/api/items', 'http.request.method': 'GET' } : {};
    return { name: { metric, form, unit, attributes }, model, effects: [] };
  });
  return { name, kind, draws, streams, offsetMs: (draws.below(18) - 8) * HOUR_MS, labels: [] };
}

export interface Befalls {
  readonly magnitude: number;
  readonly unit: string;
  readonly effect: Effect;
  /** Numbers of the streams. */
  readonly streams: readonly number[];
  readonly direction?: 'up' | 'down' | undefined;
  readonly isSilence?: boolean;
}

/** Puts the fault in, and labels it. */
export function befall(to: Draft, { magnitude, unit, effect, streams, direction, isSilence = false }: Befalls): void {
  const metrics = new Set(streams.map((stream) => to.streams[stream]!.name.metric));
  for (const stream of streams) to.streams[stream]!.effects.push(effect);
  const isRightWay = (sighting: Sighting): boolean => direction === undefined || sighting.direction === direction;
  to.labels.push({
    ...{ kind: to.kind, magnitude, unit, service: to.name, startMs: effect.startMs, endMs: effect.endMs },
    stepMs: MINUTE_MS,
    isFound: (sighting) =>
      isSilence
        ? sighting.measure === 'silence' || (metrics.has(sighting.where) && sighting.direction === 'down')
        : metrics.has(sighting.where) && isRightWay(sighting),
  });
}

export function specOf(
  { name, streams, offsetMs }: Draft,
  rest: Partial<Pick<ServiceSpec, 'instances' | 'deploysMs' | 'silences' | 'localOffsetMs'>> = {},
): ServiceSpec {
  return { name, streams, instances: 1, deploysMs: [], silences: [], localOffsetMs: () => offsetMs, ...rest };
}
