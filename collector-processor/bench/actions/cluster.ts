import type { Performer, StepCall, StepResult } from '../../src/act/runs/run-ports.ts';
import type { Random } from '../../src/testing/random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Something that was changed, as the cluster saw it. */
export interface Deed {
  readonly atMs: number;
  /** Run, step, and whether it takes back. */
  readonly key: string;
  readonly call: StepCall;
}

/**
 * What is acted on. A change under a key that it knows is not made again, but for `scale`, which knows no keys and has to be
 * asked what it did. Some calls fail, some are answered never.
 */
export class Cluster {
  readonly deeds: Deed[] = [];
  readonly #known = new Set<string>();
  readonly #time: VirtualTime;
  readonly #random: Random;

  constructor(time: VirtualTime, random: Random) {
    this.#time = time;
    this.#random = random;
  }

  performer(): Performer {
    return { perform: (call) => this.#perform(call), findOut: (call) => this.#findOut(call) };
  }

  async #perform(call: StepCall): Promise<StepResult> {
    const random = this.#random;
    await this.#time.sleep(5 + random.next() * 200);
    if (random.oneIn(50)) return { kind: 'failed', reason: 'the cluster refused' };
    if (call.step.action === 'scale' || !this.#known.has(call.key)) {
      this.#known.add(call.key);
      this.deeds.push({ atMs: this.#time.nowMs, key: call.key, call });
    }
    await this.#time.sleep(random.next() * 4000);
    if (random.oneIn(200)) return { kind: 'unknown', reason: 'no answer' };
    return { kind: 'done', summary: '' };
  }

  async #findOut(call: StepCall): Promise<StepResult> {
    if (call.step.action !== 'scale') return this.#perform(call);
    await this.#time.sleep(100);
    if (this.#known.has(call.key)) return { kind: 'done', summary: 'it had been done' };
    return { kind: 'unknown', reason: 'it may be on its way' };
  }
}
