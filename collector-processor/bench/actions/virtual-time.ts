import type { Clock } from '../../src/runtime/clock.ts';

/** Time that passes when everybody waits: days in seconds, and the same every time. */
export class VirtualTime {
  nowMs: number;
  readonly #timers: Timer[] = [];
  #order = 0;

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.#add({ atMs: this.nowMs + Math.max(0, ms), order: this.#order++, wake }));
  }

  /** Until nobody waits any more, or it is that late. */
  async run(untilMs: number): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#timers[0];
      if (next === undefined || next.atMs > untilMs) return;
      this.#removeFirst();
      this.nowMs = next.atMs;
      next.wake();
    }
  }

  /** A heap by time, then by order. */
  #add(timer: Timer): void {
    const heap = this.#timers;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(timer, heap[parent])) break;
      heap[index] = heap[parent] as Timer;
      index = parent;
    }
    heap[index] = timer;
  }

  #removeFirst(): void {
    const heap = this.#timers;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const smaller = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
      const child = heap[smaller];
      if (child === undefined || !isBefore(child, last)) break;
      heap[index] = child;
      index = smaller;
    }
    heap[index] = last;
  }
}

interface Timer {
  readonly atMs: number;
  /** Of two at the same time the one that was set first. */
  readonly order: number;
  readonly wake: () => void;
}

function isBefore(a: Timer | undefined, b: Timer | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined;
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** The clocks of one machine: the one on its wall may be set wrong. */
export function clockOf(time: VirtualTime, wall: { offsetMs: number }): Clock {
  return {
    nowMs: () => time.nowMs + wall.offsetMs,
    monotonicMs: () => time.nowMs,
    sleep: (ms) => time.sleep(ms),
  };
}
