import type { Change } from '../../model/anomaly.ts';
import type { OutsideAlert } from '../../model/incident.ts';

/** What a webhook tells, in our words. `ignored` says why something of it tells nothing. */
export interface Told {
  readonly alerts: readonly OutsideAlert[];
  readonly changes: readonly Omit<Change, 'tenant' | 'source'>[];
  readonly ignored: readonly string[];
}

/** What the address of the webhook adds, for senders that do not know it. */
export interface Given {
  readonly service: string;
  readonly environment: string;
  readonly nowMs: number;
}

/** The first of these texts that says anything. */
export function firstOf(...texts: readonly (string | undefined)[]): string {
  return texts.find((text) => text !== undefined && text !== '') ?? '';
}

/** A change is over when it is told of: a clock that runs ahead must not place it behind what it brought about. */
export function pastOf(text: string | undefined, { nowMs }: Given): number {
  return Math.min(timeOf(text) ?? nowMs, nowMs);
}

/** Milliseconds of a time in ISO form; undefined for none, and for the year 1 that Go writes where there is none. */
export function timeOf(text: string | undefined): number | undefined {
  const timeMs = Date.parse(text ?? '');
  return Number.isFinite(timeMs) && timeMs > 0 ? timeMs : undefined;
}
