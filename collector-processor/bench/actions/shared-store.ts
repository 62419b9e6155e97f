import type { RunEvent } from '../../src/model/plan.ts';
import type { TimedEvent } from './oracle.ts';
import type { VirtualTime } from './virtual-time.ts';

const LEASE_MS = 15_000;

/** What all processes share: events, and a lease that says whose writes count. */
export class SharedStore {
  readonly events: TimedEvent[] = [];
  lastSeenMs: number | undefined;
  readonly #time: VirtualTime;
  #holder = '';
  #leaseUntilMs = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** Takes or renews the lease; false while another has it. Its own clock counts, as in PostgreSQL. */
  hold(process: string): boolean {
    const nowMs = this.#time.nowMs;
    if (this.#holder !== process && nowMs < this.#leaseUntilMs) return false;
    this.#holder = process;
    this.#leaseUntilMs = nowMs + LEASE_MS;
    return true;
  }

  /** In one transaction with the proof that the writer may. */
  async append(process: string, event: RunEvent): Promise<void> {
    await this.#time.sleep(3);
    if (this.#holder !== process) throw new Error('Another process has taken over.');
    this.events.push({ ...event, trueMs: this.#time.nowMs });
  }
}
