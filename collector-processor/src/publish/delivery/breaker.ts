import type { BreakerOptions } from '../forward-options.ts';

export type BreakerState = 'closed' | 'half_open' | 'open';

interface Counts {
  alive: number;
  failed: number;
}

/**
 * Circuit breaker. Closed: everything passes. Open: nothing does for `openFor`. Then half open: one attempt passes as a
 * probe, and its result decides. The ratio looks back over one to one and a half half-windows, at two pairs of counters
 * that take turns. A backend that throttles or refuses is alive.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #onChange: (state: BreakerState) => void;
  #state: BreakerState = 'closed';
  #inARow = 0;
  #openUntilMs = 0;
  #probing = false;
  #current: Counts = { alive: 0, failed: 0 };
  #previous: Counts = { alive: 0, failed: 0 };
  #turnMs = 0;

  constructor(options: BreakerOptions, onChange: (state: BreakerState) => void) {
    this.#options = options;
    this.#onChange = onChange;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Milliseconds until an attempt would be admitted; asks for none. */
  closedMs(nowMs: number): number {
    if (this.#state === 'open') return Math.max(0, this.#openUntilMs - nowMs);
    return this.#probing ? this.#options.openFor : 0;
  }

  /** 0: an attempt may begin now, and its result must be recorded. Otherwise milliseconds until it is worth asking again. */
  admit(nowMs: number): number {
    if (this.#state === 'closed') return 0;
    if (this.#state === 'open') {
      if (nowMs < this.#openUntilMs) return this.#openUntilMs - nowMs;
      this.#become('half_open');
    }
    if (this.#probing) return this.#options.openFor;
    this.#probing = true;
    return 0;
  }

  record(result: 'alive' | 'failed', nowMs: number): void {
    this.#turn(nowMs);
    this.#current[result]++;
    this.#inARow = result === 'failed' ? this.#inARow + 1 : 0;
    if (this.#state === 'closed') {
      if (result === 'failed' && this.#isTooMuch()) this.#open(nowMs);
    } else if (result === 'failed') {
      this.#open(nowMs);
    } else {
      this.#current = { alive: 0, failed: 0 };
      this.#previous = { alive: 0, failed: 0 };
      this.#probing = false;
      this.#become('closed');
    }
  }

  #isTooMuch(): boolean {
    const { consecutiveFailures, failureRatio, minRequests } = this.#options;
    if (this.#inARow >= consecutiveFailures) return true;
    const failed = this.#current.failed + this.#previous.failed;
    const all = failed + this.#current.alive + this.#previous.alive;
    return all >= minRequests && failed >= failureRatio * all;
  }

  #open(nowMs: number): void {
    this.#openUntilMs = nowMs + this.#options.openFor;
    this.#probing = false;
    this.#become('open');
  }

  #turn(nowMs: number): void {
    const half = this.#options.window / 2;
    if (nowMs - this.#turnMs < half) return;
    this.#previous = nowMs - this.#turnMs < 2 * half ? this.#current : { alive: 0, failed: 0 };
    this.#current = { alive: 0, failed: 0 };
    this.#turnMs = nowMs;
  }

  #become(state: BreakerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#onChange(state);
  }
}
