import { gauge } from '../../../src/testing/telemetry-builder-items.ts';
import type { Draws } from '../../faults/random-draws.ts';
import { type Ailment, Ills, most, type Release, times } from './ailment.ts';
import { type Export, Outbox } from './outbox.ts';
import type { Instance, ServicePlan, Town } from './plan.ts';
import { Queue } from './queue.ts';
import { Requests } from './requests.ts';

export const FLUSH_MS = 5_000;
const ENVIRONMENT = 'production';

interface Running {
  readonly plan: ServicePlan;
  readonly instance: Instance;
  readonly outbox: Outbox;
}

/** A town in which requests come and go, and something is wrong at times. */
export class RunningTown {
  readonly #town: Town;
  readonly #draws: Draws;
  readonly #ailments: readonly Ailment[];
  readonly #releases: readonly Release[];
  readonly #running: readonly Running[];
  readonly #hosts: ReadonlyMap<string, Outbox>;
  readonly #queues: readonly Queue[];
  readonly #requests: Requests;

  constructor(town: Town, draws: Draws, ailments: readonly Ailment[], releases: readonly Release[]) {
    this.#town = town;
    this.#draws = draws;
    this.#ailments = ailments;
    this.#releases = releases;
    const services = town.systems.flatMap((system) => system.services);
    this.#running = services.flatMap((plan) =>
      plan.instances.map((instance) => ({ plan, instance, outbox: new Outbox(resourceOf(plan, instance)) })),
    );
    this.#hosts = new Map(town.hosts.map((host) => [host, new Outbox({ 'host.name': host, 'os.type': 'linux' })]));
    const outboxes = new Map(this.#running.map(({ instance, outbox }) => [instance.id, outbox]));
    let ids = 1;
    const nextId = (): string => (ids++).toString(16).padStart(16, '0');
    this.#queues = town.systems.map((system) => new Queue(system, { outboxes, draws, nextId }));
    const queues = new Map(this.#queues.map((queue) => [queue.broker, queue]));
    this.#requests = new Requests({
      services: new Map(services.map((plan) => [plan.name, plan])),
      outboxes,
      queues,
      draws,
      nextId,
    });
  }

  /** What is exported of [startMs, startMs + FLUSH_MS). */
  tick(startMs: number): readonly Export[] {
    const ills = new Ills(this.#ailments, startMs);
    for (const { name, front, perSecond } of this.#town.systems) {
      const load = perSecond * times(ills.of('system', name), ({ traffic }) => traffic);
      const count = this.#draws.poisson((load * FLUSH_MS) / 1000);
      for (let i = 0; i < count; i++) this.#requests.come(front, startMs + this.#draws.uniform() * FLUSH_MS, ills);
    }
    this.#requests.endTick();
    for (const queue of this.#queues) queue.work(startMs, FLUSH_MS, ills);
    if ((startMs + FLUSH_MS) % (2 * FLUSH_MS) === 0) this.#measure(startMs + FLUSH_MS - 1, ills);
    return [
      ...this.#running.flatMap(({ plan, instance, outbox }) => {
        const made = outbox.take(this.#versionOf(plan.name, startMs));
        return ills.ofService(plan.name, instance).some(({ down }) => down === true) ? [] : made;
      }),
      ...[...this.#hosts.values()].flatMap((outbox) => outbox.take('')),
    ];
  }

  #versionOf(service: string, atMs: number): string {
    return `1.${this.#releases.filter((one) => one.service === service && one.atMs <= atMs).length}.0`;
  }

  #measure(timeMs: number, ills: Ills): void {
    const busy = new Map<string, number>();
    for (const { plan, instance, outbox } of this.#running) {
      const hits = ills.ofService(plan.name, instance);
      const cpu = Math.max(0.005, 0.05 + 0.004 * outbox.takeServed() + 0.01 * this.#draws.normal());
      busy.set(instance.host, (busy.get(instance.host) ?? 0.1) + cpu / 4);
      const pool = Math.min(
        1,
        Math.max(0, most(hits, ({ poolUsed }) => poolUsed) || 0.25 + 0.05 * this.#draws.normal()),
      );
      outbox.metric(gauge('process.cpu.utilization', [{ value: cpu, timeMs }]));
      outbox.metric(gauge('process.memory.usage', [{ value: 2e8 + 4e6 * this.#draws.normal(), timeMs }], 'By'));
      if (plan.database !== undefined)
        outbox.metric(gauge('db.client.connection.utilization', [{ value: pool, timeMs }]));
    }
    for (const [host, outbox] of this.#hosts) {
      const isHit = ills.of('host', host).length > 0;
      const cpu = isHit ? 0.97 + 0.01 * this.#draws.normal() : (busy.get(host) ?? 0.1) + 0.02 * this.#draws.normal();
      outbox.metric(gauge('system.cpu.utilization', [{ value: Math.min(1, Math.max(0.01, cpu)), timeMs }]));
      outbox.metric(gauge('system.memory.utilization', [{ value: 0.4 + 0.01 * this.#draws.normal(), timeMs }]));
    }
    for (const queue of this.#queues) queue.measure(timeMs);
  }
}

function resourceOf({ name, system }: ServicePlan, { id, host, zone }: Instance) {
  return {
    ...{ 'service.name': name, 'service.namespace': system, 'service.instance.id': id },
    ...{ 'host.name': host, 'cloud.availability_zone': zone, 'deployment.environment.name': ENVIRONMENT },
  };
}
