import type { Indicator, PlacedObjective } from '../../model/slo.ts';
import { withWindow } from '../promql/parse-query.ts';
import { badEvents, type Span, totalEvents } from '../promql/shares.ts';

const MINUTE_MS = 60_000;

/** Tells rows of all events from those of bad ones. */
export const PART = 'slo_part';

/** What an objective's events are asked by. */
export interface Question {
  readonly query: string;
  /** Distance of the values; each tells of the time since the one before. */
  readonly stepMs: number;
  /**
   * `events`: rows of all and of bad events, spread evenly over their step. `share`: each minute is one event, bad by the
   * share. `slices`: each value is one event.
   */
  readonly kind: 'events' | 'share' | 'slices';
}

/** Undefined for requests, which Sentinel counts itself. */
export function questionOf({ indicator }: PlacedObjective, everyMs: number): Question | undefined {
  const window: Span = { text: `${everyMs / 1000}s`, seconds: everyMs / 1000 };
  switch (indicator.kind) {
    case 'requests':
      return undefined;
    case 'events':
      return { kind: 'events', query: bothParts(indicator, window), stepMs: everyMs };
    case 'share':
      return { kind: 'share', query: withWindow(indicator.bad.text, window.text), stepMs: everyMs };
    case 'slices':
      return { kind: 'slices', query: indicator.bad, stepMs: wholeStep(indicator.sliceMs) };
  }
}

/** Asked at once, so that both are of the same moment and cost one request. */
function bothParts(indicator: Extract<Indicator, { kind: 'events' }>, window: Span): string {
  const part = (name: string, query: string) => `label_replace((${query}), "${PART}", "${name}", "", "")`;
  return `${part('total', totalEvents(indicator, window))} or ${part('bad', badEvents(indicator, window))}`;
}

/** Minutes are made of whole slices, or slices of whole minutes. */
function wholeStep(sliceMs: number): number {
  if (sliceMs >= MINUTE_MS) return Math.ceil(sliceMs / MINUTE_MS) * MINUTE_MS;
  return MINUTE_MS % sliceMs === 0 ? sliceMs : MINUTE_MS;
}
