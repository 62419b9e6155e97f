import { createRandom } from '../../../testing/random.ts';

const STEPS = 90;
const STEP_MS = 10_000;
const FAULT_FROM = 80;

export interface StoredSample {
  readonly timeMs: number;
  readonly value: number;
}

/** A quarter of an hour of a queue, at whose end it grows. */
export function storedQueue(fromMs: number): StoredSample[] {
  const random = createRandom(7);
  return Array.from({ length: STEPS }, (_unused, step) => ({
    timeMs: fromMs + step * STEP_MS + 1_000,
    value: 20 + 4 * random.next() + (step >= FAULT_FROM ? 60 : 0),
  }));
}

export const queueLastsMs = STEPS * STEP_MS;
