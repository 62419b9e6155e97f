import { setFlagsFromString } from 'node:v8';

/** From this share of the limit on garbage is collected early; the factor that V8 finds by itself is for speed. */
const EAGER_SHARE = 0.7;
/** The heap may grow by this much of what lives in it before it is collected: costs about a third of the throughput. */
const EAGER_GROWTH_PERCENT = 50;
/** From this share on nothing new is let in: between two looks, and while it is collected, memory still grows. */
const FULL_SHARE = 0.95;
const LOOK_MS = 50;

export interface MemoryGuardParts {
  /** Bytes; 0 for none. */
  readonly limit: number;
  /** Resident memory of the process, in bytes. */
  readonly residentBytes?: () => number;
  readonly setFlags?: (flags: string) => void;
}

/**
 * Keeps the whole process within a limit: what requests hold is accounted for byte by byte, but garbage, series and
 * templates are not. Close to the limit V8 is told to let its heap grow less, and at the limit new requests are told to
 * come back, which gives the collector the time it needs.
 */
export class MemoryGuard {
  readonly #limit: number;
  readonly #residentBytes: () => number;
  readonly #setFlags: (flags: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #eager = false;
  #full = false;

  constructor({
    limit,
    residentBytes = process.memoryUsage.rss.bind(process.memoryUsage),
    setFlags = setFlagsFromString,
  }: MemoryGuardParts) {
    this.#limit = limit;
    this.#residentBytes = residentBytes;
    this.#setFlags = setFlags;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Close to the limit when it was last looked at, a moment ago. */
  get isFull(): boolean {
    return this.#full;
  }

  start(): void {
    if (this.#limit > 0) this.#timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#collectEagerly(false);
    this.#full = false;
  }

  look(): void {
    const used = this.#residentBytes() / this.#limit;
    this.#collectEagerly(used >= EAGER_SHARE);
    this.#full = used >= FULL_SHARE;
  }

  #collectEagerly(eager: boolean): void {
    if (eager === this.#eager) return;
    this.#eager = eager;
    this.#setFlags(`--heap-growing-percent=${eager ? EAGER_GROWTH_PERCENT : 0}`);
  }
}
