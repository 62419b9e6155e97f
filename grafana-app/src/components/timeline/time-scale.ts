import type { Span } from './timeline-event';

/** Linear map between time and pixels of one drawing. */
export interface TimeScale extends Span {
  readonly width: number;
}

export function toX({ fromMs, toMs, width }: TimeScale, timeMs: number): number {
  return ((timeMs - fromMs) * width) / (toMs - fromMs);
}

export function toTime({ fromMs, toMs, width }: TimeScale, x: number): number {
  return fromMs + (x / Math.max(1, width)) * (toMs - fromMs);
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

/** Round points of time, at most one per `every` pixels; multiples of the step on a clock that is `offsetMs` ahead of UTC. */
export function ticks(scale: TimeScale, { every = 90, offsetMs = 0 } = {}): number[] {
  const span = scale.toMs - scale.fromMs;
  // Two at least where there is room for them: one point of time says nothing about the length of an hour.
  const most = Math.max(scale.width >= 160 ? 3 : 1, Math.floor(scale.width / every));
  const step =
    1000 *
    (steps.find((seconds) => Math.floor(span / (seconds * 1000)) <= most) ??
      Math.ceil(span / most / 86_400_000) * 86_400);
  const marks: number[] = [];
  for (let time = Math.ceil((scale.fromMs + offsetMs) / step) * step - offsetMs; time <= scale.toMs; time += step) {
    marks.push(time);
  }
  return marks;
}

/** Smaller (factor < 1) or larger span around a fixed point of time, never below `smallestMs`. */
export function zoomAround(span: Span, timeMs: number, { factor, smallestMs }: { factor: number; smallestMs: number }) {
  const length = Math.max(smallestMs, (span.toMs - span.fromMs) * factor);
  const share = (timeMs - span.fromMs) / (span.toMs - span.fromMs);
  const fromMs = timeMs - share * length;
  return { fromMs, toMs: fromMs + length };
}

/** The span moved and cut so that it lies within the whole; undefined when nothing of the whole is left out. */
export function within(span: Span, whole: Span): Span | undefined {
  const length = span.toMs - span.fromMs;
  if (length >= whole.toMs - whole.fromMs) {
    return undefined;
  }
  const fromMs = Math.min(Math.max(span.fromMs, whole.fromMs), whole.toMs - length);
  return { fromMs, toMs: fromMs + length };
}
