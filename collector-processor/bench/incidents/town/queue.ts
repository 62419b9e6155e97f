import { gauge } from '../../../src/testing/telemetry-builder-items.ts';
import type { Draws } from '../../faults/random-draws.ts';
import { type Ills, most, times } from './ailment.ts';
import type { Outbox } from './outbox.ts';
import type { ServicePlan, SystemPlan } from './plan.ts';

interface Job {
  readonly atMs: number;
  readonly traceId: string;
  readonly spanId: string;
}

interface QueueParts {
  readonly outboxes: ReadonlyMap<string, Outbox>;
  readonly draws: Draws;
  /** Of spans; never the same twice. */
  readonly nextId: () => string;
}

const CONSUMER = 5;
const WORKERS = 4;

/** What waits between those who send and the worker who takes. */
export class Queue {
  readonly broker: string;
  readonly #worker: ServicePlan;
  readonly #workerBox: Outbox;
  readonly #brokerBox: Outbox;
  readonly #draws: Draws;
  readonly #nextId: () => string;
  #waiting: Job[] = [];

  constructor({ services, broker, worker }: SystemPlan, { outboxes, draws, nextId }: QueueParts) {
    this.#nextId = nextId;
    const boxOf = (name: string): Outbox => outboxes.get(services.find((one) => one.name === name)!.instances[0]!.id)!;
    this.broker = broker;
    this.#worker = services.find(({ name }) => name === worker)!;
    [this.#workerBox, this.#brokerBox] = [boxOf(worker), boxOf(broker)];
    this.#draws = draws;
  }

  take(job: Job): void {
    this.#waiting.push(job);
  }

  /** What the worker gets done in this time. */
  work(startMs: number, lengthMs: number, ills: Ills): void {
    const { name, instances, ownMs, database } = this.#worker;
    const hits = ills.ofService(name, instances[0]!);
    if (hits.some(({ down, stuck }) => down === true || stuck === true)) return;
    const slow = times(hits, ({ slower }) => slower);
    const jobs = this.#waiting.sort((a, b) => a.atMs - b.atMs);
    let leftMs = WORKERS * lengthMs;
    while (leftMs > 0 && jobs.length > 0) {
      const { atMs, traceId, spanId: parentSpanId } = jobs.shift()!;
      const inDatabase = (database?.ms ?? 0) * Math.exp(0.4 * this.#draws.normal());
      const durationMs = ownMs * slow * Math.exp(0.3 * this.#draws.normal()) + inDatabase;
      const failed = this.#draws.uniform() < most(hits, ({ failing }) => failing);
      const endMs = Math.max(startMs, atMs) + durationMs;
      this.#workerBox.span({
        ...{ name: 'process jobs', kind: CONSUMER, traceId, spanId: this.#nextId(), parentSpanId, endMs, durationMs },
        ...(failed ? { status: { code: 2, message: 'failed' } } : {}),
        attributes: { 'messaging.system': 'town-queue', 'messaging.destination.name': 'jobs' },
      });
      this.#workerBox.served();
      if (this.#draws.uniform() < 0.25) this.#workerBox.line('INFO', `job ${this.#draws.below(1e9)} done`, endMs);
      leftMs -= durationMs;
    }
  }

  measure(timeMs: number): void {
    const depth = this.#waiting.length;
    const age = depth === 0 ? 0 : (timeMs - this.#waiting[0]!.atMs) / 1000;
    this.#brokerBox.metric(gauge('queue.depth', [{ value: depth, timeMs }], '{message}'));
    this.#brokerBox.metric(gauge('queue.oldest_age', [{ value: Math.max(0, age), timeMs }], 's'));
    if (this.#draws.uniform() < 0.5) this.#brokerBox.line('INFO', `queue jobs: ${depth} waiting`, timeMs);
  }
}
