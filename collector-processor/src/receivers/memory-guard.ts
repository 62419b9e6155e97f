import { setFlagsFromString } from 'node:v8';
import { createYoungCollector } from '../runtime/young-generation.ts';
import { type ByteBudget } from './byte-budget.ts';

/** From this share of the limit on garbage is collected early; the factor that V8 finds by itself is for speed. */
const EAGER_SHARE = 0.7;
/** The heap may grow by this much of what lives in it before it is collected: costs about a third of the throughput. */
const EAGER_GROWTH_PERCENT = 50;
/** From this share on nothing new is let in: between two looks, and while it is collected, memory still grows. */
const FULL_SHARE = 0.95;
/** Requests may fill memory up to this share: the rest is for chunks on their way, also of requests that are refused. */
const ROOM_SHARE = 0.8;
/** Memory that a byte of a request may cost in the end: its buffer as it grows, its inflated form, its columns. */
const COST = 3;
const LOOK_MS = 25;

export interface MemoryGuardParts {
  /** Bytes; 0 for none. */
  readonly limit: number;
  readonly budget: Pick<ByteBudget, 'allow'>;
  /** Resident memory of the process, in bytes. */
  readonly residentBytes?: () => number;
  readonly setFlags?: (flags: string) => void;
  /** Frees chunks that are done with. */
  readonly collectYoung?: () => void;
}

/**
 * Keeps the whole process within a limit: what requests hold is accounted for byte by byte, but garbage, series and
 * templates are not. Close to the limit V8 is told to let its heap grow less
 * and to look at new objects often, and at the limit new requests are told to
 * come back, which gives the collector the time it needs. In between requests may only bring what there is room for.
 */
export class MemoryGuard {
  readonly #limit: number;
  readonly #budget: Pick<ByteBudget, 'allow'>;
  readonly #residentBytes: () => number;
  readonly #setFlags: (flags: string) => void;
  readonly #collectYoung: () => void;
  #timer: NodeJS.Timeout | undefined;
  #eager = false;
  #full = false;

  constructor({
    limit,
    budget,
    residentBytes = process.memoryUsage.rss.bind(process.memoryUsage),
    setFlags = setFlagsFromString,
    collectYoung = createYoungCollector(),
  }: MemoryGuardParts) {
    this.#limit = limit;
    this.#budget = budget;
    this.#residentBytes = residentBytes;
    this.#setFlags = setFlags;
    this.#collectYoung = collectYoung;
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
    this.#budget.allow(Infinity);
  }

  look(): void {
    this.#collectEagerly(this.#residentBytes() >= this.#limit * EAGER_SHARE);
    if (this.#eager) this.#collectYoung();
    const resident = this.#residentBytes();
    const room = this.#limit * ROOM_SHARE - resident;
    this.#full = resident >= this.#limit * FULL_SHARE;
    this.#budget.allow(Math.max(0, room / COST));
  }

  #collectEagerly(eager: boolean): void {
    if (eager === this.#eager) return;
    this.#eager = eager;
    this.#setFlags(`--heap-growing-percent=${eager ? EAGER_GROWTH_PERCENT : 0}`);
  }
}
