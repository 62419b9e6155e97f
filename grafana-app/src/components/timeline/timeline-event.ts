import type { LaneId, Shape } from './lane';

/** One thing that happened, as whoever has the data hands it in. All text is plain and never drawn as HTML. */
export interface TimelineEvent {
  readonly id: string;
  readonly lane: LaneId;
  readonly startMs: number;
  readonly peakMs: number;
  readonly endMs: number;
  /** >= 0, 1 is the border; 0 where there is none. */
  readonly score: number;
  readonly direction: 'up' | 'down' | 'none';
  readonly title: string;
  readonly sentence: string;
  readonly service: string;
  readonly severity: 'major' | 'minor' | '';
  readonly open: boolean;
  /** Where it differs from its lane's. */
  readonly shape?: Shape;
  /** Address inside Grafana. */
  readonly url?: string;
  /** Further fields, shown in the card as they are. */
  readonly fields?: ReadonlyArray<readonly [string, string]>;
}

/** The events of one lane as columns, sorted by start: what counting, packing and hit tests work on. */
export interface LaneEvents {
  readonly lane: LaneId;
  readonly events: readonly TimelineEvent[];
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly score: Float32Array;
  /** Longest event in ms: how far before a point of time an event that covers it may start. */
  readonly longestMs: number;
}

export function laneEvents(lane: LaneId, unsorted: readonly TimelineEvent[]): LaneEvents {
  const events = unsorted.filter((event) => event.lane === lane).sort((a, b) => a.startMs - b.startMs);
  return {
    lane,
    events,
    start: Float64Array.from(events, (event) => event.startMs),
    end: Float64Array.from(events, (event) => event.endMs),
    score: Float32Array.from(events, (event) => event.score),
    longestMs: events.reduce((longest, event) => Math.max(longest, event.endMs - event.startMs), 0),
  };
}

/** Index of the first event that starts at or after `timeMs`. */
export function firstAtOrAfter({ start }: LaneEvents, timeMs: number): number {
  let low = 0;
  let high = start.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((start[middle] ?? 0) < timeMs) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export function overlaps({ startMs, endMs }: { startMs: number; endMs: number }, { fromMs, toMs }: Span): boolean {
  return startMs < toMs && endMs >= fromMs;
}

/** Indices [first, after last) that contain every event overlapping the span (and perhaps some that do not). */
export function candidates(lane: LaneEvents, { fromMs, toMs }: Span): readonly [number, number] {
  return [firstAtOrAfter(lane, fromMs - lane.longestMs), firstAtOrAfter(lane, toMs)];
}
