import type { StreamName } from '../otlp/metric-body.ts';
import type { SeriesModel } from '../series/model.ts';
import { activeEffects, type Effect } from './effect.ts';

/** A stream of one service: how it is named, how it goes, and what befalls it. */
export interface StreamSpec {
  readonly name: StreamName;
  readonly model: SeriesModel;
  readonly effects: readonly Effect[];
}

/** What a stream shows at one time; for `latency` the median, and the requests beside it. */
export interface Seen {
  readonly value: number;
  readonly requests: number;
  /** Time that counts and requests are of. */
  readonly minutes: number;
}

export interface ObservedAt {
  readonly timeMs: number;
  readonly localMs: number;
  /** Instances that share what is counted just now; each shows gauges of its own. */
  readonly running: number;
  /** Since the stream was sent last. */
  readonly minutes: number;
}

/** What one instance shows; undefined when nothing is sent. `before` is what it showed last. */
export function observe({ model, effects }: StreamSpec, at: ObservedAt, before: number | undefined): Seen | undefined {
  const active = activeEffects(effects, at.timeMs);
  if (active.some(({ silent }) => silent)) return undefined;
  const { expected, localMs, noise } = affected(model, active, at);
  const share = at.minutes / at.running;
  const { minutes } = at;
  const due = model.form === 'count' ? expected * share : expected;
  const drawn = model.draw(due, model.spread(due) * noise);
  const requests = (model.requests?.(localMs) ?? 0) * share;
  if (before !== undefined && active.some(({ stuck }) => stuck)) return { value: before, requests, minutes };
  const isWhole = model.form === 'integer' || model.form === 'count';
  return { value: clamp(model, isWhole ? Math.round(drawn) : drawn), requests, minutes };
}

/** What is expected of it with all that befalls it, by its own time, and the factor on its noise. */
function affected(model: SeriesModel, active: readonly Effect[], { timeMs, localMs: usualMs }: ObservedAt) {
  let localMs = usualMs;
  for (const effect of active) localMs = effect.clock?.(localMs) ?? localMs;
  let expected = model.expected(localMs);
  let noise = 1;
  const spread = active.length === 0 ? 0 : model.spread(expected);
  for (const effect of active) {
    expected = effect.level?.(expected, spread, timeMs) ?? expected;
    noise *= effect.noise ?? 1;
  }
  return { expected: clamp(model, expected), localMs, noise };
}

function clamp({ least, most }: SeriesModel, value: number): number {
  return Math.min(most, Math.max(least, value));
}
