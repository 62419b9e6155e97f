import type { FaultLabel } from '../label.ts';
import type { Draws } from '../random-draws.ts';
import type { SeriesModel } from '../series/model.ts';
import { HOUR_MS, MINUTE_MS } from '../series/season.ts';
import type { Sighting } from '../sighting.ts';
import type { Effect } from './effect.ts';
import type { Injected } from './fault-kinds.ts';
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

/** What befalls one stream, and which direction of a finding on it is right; none: any. */
export interface Hit extends Injected {
  readonly stream: number;
}

export interface Befalls {
  readonly magnitude: number;
  readonly unit: string;
  /** One event, on one or several streams at once. */
  readonly hits: readonly [Hit, ...Hit[]];
  readonly isSilence?: boolean;
}

/** Puts the fault in, and labels it: a finding on any of its streams finds it. */
export function befall(to: Draft, { magnitude, unit, hits, isSilence = false }: Befalls): void {
  for (const { stream, effect } of hits) to.streams[stream]!.effects.push(effect);
  const directions = new Map(hits.map(({ stream, direction }) => [to.streams[stream]!.name.metric, direction]));
  const isRight = ({ where, measure, direction }: Sighting): boolean => {
    // A pause that grows is silence, whatever direction growing has.
    if (isSilence)
      return measure === 'silence' || (directions.has(where) && (direction === 'down' || measure === 'vanished'));
    return directions.has(where) && (directions.get(where) ?? direction) === direction;
  };
  const [{ effect }] = hits;
  to.labels.push({
    ...{ kind: to.kind, magnitude, unit, service: to.name, startMs: effect.startMs, endMs: effect.endMs },
    stepMs: MINUTE_MS,
    isFound: (sighting) => sighting.service === to.name && isRight(sighting),
  });
}

export function specOf(
  { name, streams, offsetMs }: Draft,
  rest: Partial<Pick<ServiceSpec, 'instances' | 'deploysMs' | 'silences' | 'localOffsetMs'>> = {},
): ServiceSpec {
  return { name, streams, instances: 1, deploysMs: [], silences: [], localOffsetMs: () => offsetMs, ...rest };
}
