import { setFlagsFromString } from 'node:v8';
import { type Clock } from '../runtime/clock.ts';
import { type Logger, silentLogger } from '../runtime/logger.ts';
import { createCollector } from '../runtime/young-generation.ts';
import { type ByteBudget } from './byte-budget.ts';

/** From this share of the limit on garbage is collected early; the factor that V8 finds by itself is for speed. */
const EAGER_SHARE = 0.65;
/** The heap may grow by this much of what lives in it before it is collected: costs a third of the throughput and more. */
const EAGER_GROWTH_PERCENT = 25;
/** Requests may fill memory up to this share: the rest is for chunks on their way, also of requests that are refused. */
const ROOM_SHARE = 0.8;
/** Memory that a byte of a request may cost in the end: its buffer as it grows, its inflated form, its columns. */
const COST = 3;
/** Requests may hold this much whatever memory there is, or Sentinel would refuse for ever what it has learned too much for. */
const LEAST_BYTES = 8 * 1024 * 1024;
const LOOK_MS = 25;
/** A full collection stops everything for a tenth of a second, so there are no more of them than this. */
const COLLECT_EVERY_MS = 2000;
/** Resident beside V8's heap and buffers: program, stacks, native libraries. */
const NATIVE_BYTES = 100 * 1024 * 1024;

/** What a process holds, in bytes. */
export interface ProcessMemory {
  /** Resident. */
  resident(): number;
  /** Objects and buffers that V8 knows of. */
  used(): number;
  collect(type: 'minor' | 'major'): void;
  setFlags(flags: string): void;
}

export interface MemoryGuardParts {
  /** Bytes; 0 for none. */
  readonly limit: number;
  readonly budget: Pick<ByteBudget, 'allow'>;
  /** How many threads of the process take requests: each sees all the room there is, and lets in its share of it. */
  readonly threads: number;
  /** What may be given up first. */
  readonly spare: { clear(): void };
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly logger: Logger;
  readonly memory: ProcessMemory;
}

/**
 * Keeps the whole process within a limit: what requests hold is accounted for byte by byte, but garbage, series and
 * templates are not. Requests may bring what there is room for. Close to the limit V8 is told to let its heap grow less
 * and to look at new objects often. When there is no room left everything is collected, and from then on what is in use
 * counts, because memory that was freed stays resident until it is used again; without room then too, requests get
 * through a few at a time, and the others are told to come back.
 */
export class MemoryGuard {
  readonly limit: number;
  readonly #parts: MemoryGuardParts;
  readonly #memory: ProcessMemory;
  #timer: NodeJS.Timeout | undefined;
  #eager = false;
  #full = false;
  #asked = false;
  #before = 0;
  #nextCollectionMs = 0;

  constructor(parts: MemoryGuardParts) {
    this.#parts = parts;
    this.limit = parts.limit;
    this.#memory = parts.memory;
  }

  get isFull(): boolean {
    return this.#full;
  }

  /** A request wants in. While memory is short only this has it looked at again. */
  ask(): void {
    this.#asked = true;
  }

  start(): void {
    if (this.limit > 0) this.#timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#collectEagerly(false);
    this.#full = false;
    this.#parts.budget.allow(Infinity);
  }

  look(): void {
    const resident = this.#memory.resident();
    this.#collectEagerly(resident >= this.limit * EAGER_SHARE);
    if (this.#eager && resident > this.#before) this.#memory.collect('minor');
    this.#before = resident;
    if (resident < this.limit * ROOM_SHARE) this.#leave(this.limit * ROOM_SHARE - resident);
    else if (this.#asked && this.#parts.clock.monotonicMs() >= this.#nextCollectionMs) this.#collectAll();
  }

  #collectAll(): void {
    this.#nextCollectionMs = this.#parts.clock.monotonicMs() + COLLECT_EVERY_MS;
    this.#asked = false;
    this.#parts.spare.clear();
    this.#memory.collect('major');
    this.#leave(this.limit * ROOM_SHARE - this.#memory.used() - NATIVE_BYTES);
  }

  #leave(room: number): void {
    const full = room <= 0;
    if (full !== this.#full) {
      const { logger } = this.#parts;
      if (full) logger.warn({ limit: this.limit }, 'Memory is full: most requests are told to come back.');
      else logger.info({ limit: this.limit }, 'There is memory again: requests are taken.');
    }
    this.#full = full;
    const { budget, threads } = this.#parts;
    budget.allow(Math.max(0, room / COST / threads), LEAST_BYTES);
  }

  #collectEagerly(eager: boolean): void {
    if (eager === this.#eager) return;
    this.#eager = eager;
    this.#memory.setFlags(`--heap-growing-percent=${eager ? EAGER_GROWTH_PERCENT : 0}`);
  }
}

/** `usedElsewhere`: by threads of the process, which have a heap of their own. */
export function createProcessMemory(usedElsewhere: () => number): ProcessMemory {
  return {
    resident: () => process.memoryUsage.rss(),
    used: () => usedHere() + usedElsewhere(),
    collect: createCollector(),
    setFlags: setFlagsFromString,
  };
}

/** Bytes of the heap of this thread, and of the buffers that it holds. */
export function usedHere(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** For a thread that takes no requests itself: collects its garbage when the process comes close to the limit. */
export function createScoringGuard(limit: number, clock: MemoryGuardParts['clock']): MemoryGuard {
  const nothing = (): void => undefined;
  const memory = createProcessMemory(() => 0);
  return new MemoryGuard({
    ...{ limit, threads: 1, clock, memory, logger: silentLogger },
    budget: { allow: nothing },
    spare: { clear: nothing },
  });
}
