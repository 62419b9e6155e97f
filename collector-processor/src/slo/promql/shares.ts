import type { Indicator, WindowQuery } from '../../model/slo.ts';
import { withWindow } from './parse-query.ts';

type Events = Extract<Indicator, { kind: 'events' }>;

/** A length of time as Prometheus writes it, and in seconds. */
export interface Span {
  readonly text: string;
  readonly seconds: number;
}

/** All events within the window. */
export function totalEvents({ total }: Events, window: Span): string {
  return counted(total, window);
}

/**
 * The bad events within the window. A counter of errors has no series before the first error, and one of successes none
 * while everything fails: both are none, not unknown.
 */
export function badEvents({ outcome, query, total }: Events, window: Span): string {
  const all = counted(total, window);
  const some = `(${counted(query, window)} or ${all} * 0)`;
  return outcome === 'bad' ? some : `${all} - ${some}`;
}

/** The share of bad events, 0 to 1; nothing without events. */
export function badShare(indicator: Events, window: Span): string {
  return `(${badEvents(indicator, window)}) / (${totalEvents(indicator, window)} > 0)`;
}

/** What cannot be told is taken for events: a share comes out the same. */
function counted({ text, counts }: WindowQuery, window: Span): string {
  const query = `(${withWindow(text, window.text)})`;
  return counts === 'events-per-second' ? `${query} * ${window.seconds}` : query;
}
