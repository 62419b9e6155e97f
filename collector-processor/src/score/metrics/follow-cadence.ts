import { StreamNumber, type StreamStore } from '../state/stream-store.ts';
import type { SubjectStore } from '../state/subject-store.ts';

/** Longest step, an hour of 10 s buckets. */
const MAX_STEP = 360;

/** The step of a series follows the cadence of its streams, and so do conflicts of writers. */
export function followCadence(
  streams: StreamStore,
  subjects: SubjectStore,
  stream: number,
  subject: number,
  bucketMs: number,
): void {
  const cadence = streams.numbers[streams.at(stream) + StreamNumber.cadenceMs] as number;
  const current = subjects.step[subject] as number;
  const steps = cadence / bucketMs;
  if (Math.abs(steps - current) > Math.max(0.75, 0.25 * current) && (steps > 1 || current > 1)) {
    subjects.step[subject] = Math.max(1, Math.min(MAX_STEP, Math.round(steps)));
  }
  const conflicts = streams.conflicts[stream] as number;
  const known = subjects.conflicts[subject] as number;
  if (conflicts !== 0 || known !== 0) subjects.conflicts[subject] = Math.max(conflicts, known - 1);
}
