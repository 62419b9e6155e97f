import type { Clock } from '../../runtime/clock.ts';

/** Differences below it are the clock's own. */
const SLACK_MS = 1000;

/** A clock that was set, and has stood so since then, is right. */
const BELIEVED_AFTER_MS = 60 * 60_000;

/**
 * The clock on the wall, and the time that has passed by itself: while they differ somebody has set a clock, or the process was
 * away, and nobody knows which is right. Guards are asked at all of them.
 */
export class SteadyClock {
  readonly #clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  /** What is added to the monotonic time: now, and as it may be by what was heard of before the start. */
  #offsetMs: number;
  #earliestOffsetMs: number;
  #wallOffsetMs: number;
  /** Since when the wall shows what it shows. */
  #standsSinceMs: number;

  /** `lastSeenMs`: when any process wrote something last. */
  constructor(clock: Pick<Clock, 'nowMs' | 'monotonicMs'>, lastSeenMs = clock.nowMs()) {
    const passedMs = clock.monotonicMs();
    this.#clock = clock;
    this.#wallOffsetMs = clock.nowMs() - passedMs;
    this.#offsetMs = Math.max(this.#wallOffsetMs, lastSeenMs - passedMs);
    this.#earliestOffsetMs = Math.min(this.#wallOffsetMs, lastSeenMs - passedMs);
    this.#standsSinceMs = passedMs;
  }

  /** For stamps: does not jump, and is the later one where the start left it open, so that no limit ends too early. */
  nowMs(): number {
    this.#look();
    return this.#clock.monotonicMs() + this.#offsetMs;
  }

  /** Every time that it may be. */
  possible(): readonly number[] {
    this.#look();
    const passedMs = this.#clock.monotonicMs();
    const times = [this.#offsetMs, this.#wallOffsetMs, this.#earliestOffsetMs].map((offsetMs) => passedMs + offsetMs);
    return [...new Set(times)];
  }

  #look(): void {
    const passedMs = this.#clock.monotonicMs();
    const wallOffsetMs = this.#clock.nowMs() - passedMs;
    if (Math.abs(wallOffsetMs - this.#wallOffsetMs) >= SLACK_MS) this.#standsSinceMs = passedMs;
    this.#wallOffsetMs = wallOffsetMs;
    const isBelieved = passedMs - this.#standsSinceMs >= BELIEVED_AFTER_MS;
    if (isBelieved || Math.abs(wallOffsetMs - this.#offsetMs) < SLACK_MS) this.#offsetMs = wallOffsetMs;
    if (isBelieved || Math.abs(wallOffsetMs - this.#earliestOffsetMs) < SLACK_MS)
      this.#earliestOffsetMs = this.#offsetMs;
  }
}
