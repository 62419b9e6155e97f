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

/** Round points of time, at most one per `every` pixels. Multiples of the step in UTC. */
export function ticks(scale: TimeScale, every = 90): number[] {
  const span = scale.toMs - scale.fromMs;
  const most = Math.max(1, Math.floor(scale.width / every));
  const step =
    1000 * (steps.find((seconds) => span / (seconds * 1000) <= most) ?? Math.ceil(span / most / 86_400_000) * 86_400);
  const marks: number[] = [];
  for (let time = Math.ceil(scale.fromMs / step) * step; time <= scale.toMs; time += step) {
    marks.push(time);
  }
  return marks;
}

/** Smaller (factor < 1) or larger span around a fixed point of time, never below `smallestMs`. */
export function zoomAround(span: Span, timeMs: number, factor: number, smallestMs: number): Span {
  const length = Math.max(smallestMs, (span.toMs - span.fromMs) * factor);
  const share = (timeMs - span.fromMs) / (span.toMs - span.fromMs);
  const fromMs = timeMs - share * length;
  return { fromMs, toMs: fromMs + length };
}
