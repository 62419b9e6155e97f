import type { Frame } from '../buckets/frame.ts';
import { DURATION_BINS, DURATIONS, durationBin } from '../metrics/distribution.ts';

/** One more duration of a subject in its bucket. */
export function addDuration(frame: Frame, subject: number, nanoseconds: number, weight: number): void {
  const row = frame.row(subject);
  frame.heldEvents[row] = (frame.heldEvents[row] as number) + 1;
  frame.heldWeight[row] = (frame.heldWeight[row] as number) + weight;
  const start = frame.binsOf(row, DURATION_BINS, DURATIONS);
  if (start < 0) return;
  const at = start + durationBin(nanoseconds);
  frame.bins[at] = (frame.bins[at] as number) + weight;
}
