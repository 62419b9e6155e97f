import type { Readable } from 'node:stream';
import type { Clock } from '../src/runtime/clock.ts';
import type { Narrator } from './terminal/narrator.ts';

/** What the demo needs from the process it runs in. */
export interface Surroundings {
  readonly narrator: Narrator;
  readonly clock: Clock;
  /** Milliseconds since the process was started. */
  readonly elapsedMs: () => number;
  /** What is run as `sentinel`. */
  readonly sentinelMain: string;
  /** Where somebody may type. */
  readonly input: Readable;
  /** Aborted to end the demo, by whoever has a reason. */
  readonly stop: AbortController;
}
