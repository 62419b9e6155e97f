import type { ClosedWindow } from '../../src/act/guards/guard.ts';
import type { Policies } from '../../src/act/policy/policies.ts';
import type { Surroundings } from '../../src/act/runs/run-ports.ts';
import { Runner } from '../../src/act/runs/runner.ts';
import type { RunRequest } from '../../src/model/action.ts';
import { silentLogger } from '../../src/runtime/logger.ts';
import type { Random } from '../../src/testing/random.ts';
import type { Cluster } from './cluster.ts';
import type { SharedStore } from './shared-store.ts';
import { HOUR_MS, MINUTE_MS, type Span, type Town } from './town.ts';
import { clockOf, type VirtualTime } from './virtual-time.ts';

export interface World {
  readonly time: VirtualTime;
  readonly town: Town;
  readonly cluster: Cluster;
  readonly store: SharedStore;
  readonly policies: Policies;
  readonly random: Random;
  readonly untilMs: number;
}

const BEAT_MS = 5000;

/**
 * A process that runs plans while it has the lease. It is killed, held up, and its clock is set wrong; whatever it waits for
 * then is never answered, or late.
 */
export class Replica {
  readonly name: string;
  readonly #world: World;
  readonly #wall = { offsetMs: 0 };
  #runner: Runner | undefined;
  #life = 0;
  #heldUpUntilMs = 0;
  deaths = 0;
  holdUps = 0;
  jumps = 0;

  constructor(name: string, world: World) {
    this.name = name;
    this.#world = world;
  }

  /** The one that decides now; undefined while it is not this process. */
  get runner(): Runner | undefined {
    return this.#world.time.nowMs < this.#heldUpUntilMs ? undefined : this.#runner;
  }

  start(): void {
    void this.#beat(this.#life);
    void this.#suffer();
  }

  async #beat(life: number): Promise<void> {
    const { time, store, untilMs } = this.#world;
    while (time.nowMs < untilMs && life === this.#life) {
      await this.#heldUp();
      if (life !== this.#life) return;
      if (!store.hold(this.name)) {
        this.#runner?.stop();
        this.#runner = undefined;
      } else if (this.#runner === undefined) await this.#takeOver(life);
      if (this.#runner !== undefined) store.lastSeenMs = this.#runner.nowMs();
      await time.sleep(BEAT_MS);
    }
  }

  async #takeOver(life: number): Promise<void> {
    const runner = this.#makeRunner(life);
    await runner.resume();
    this.#runner = runner;
  }

  #makeRunner(life: number): Runner {
    const { time, store, cluster, policies, random } = this.#world;
    const performer = cluster.performer();
    const names = random.integer(1e9);
    let runs = 0;
    return new Runner({
      ledger: {
        append: (event) => this.#asLong(life, () => store.append(this.name, event)),
        since: () => Promise.resolve([...store.events]),
        lastSeenMs: () => Promise.resolve(store.lastSeenMs),
      },
      performer: {
        perform: (call) => this.#asLong(life, () => performer.perform(call)),
        findOut: (call) => this.#asLong(life, () => performer.findOut(call)),
      },
      judge: {
        judge: ({ withinMs }) =>
          this.#asLong(life, async () => {
            await time.sleep(withinMs * random.next());
            return random.pick(['healed', 'healed', 'healed', 'no_effect', 'worse']);
          }),
      },
      policies: () => policies,
      surroundings: (request) => this.#surroundings(request),
      clock: clockOf(time, this.#wall),
      logger: silentLogger,
      newId: () => `${this.name}-${names}-${runs++}`,
      memoryMs: 4 * HOUR_MS,
      onEvent: () => undefined,
    });
  }

  /** A process that is gone hears nothing, one that is held up hears it late. */
  async #asLong<Result>(life: number, work: () => Promise<Result>): Promise<Result> {
    await this.#heldUp();
    if (life !== this.#life) return new Promise(() => undefined);
    const result = await work();
    await this.#heldUp();
    return life === this.#life ? result : new Promise(() => undefined);
  }

  async #heldUp(): Promise<void> {
    const { time } = this.#world;
    if (time.nowMs < this.#heldUpUntilMs) await time.sleep(this.#heldUpUntilMs - time.nowMs);
  }

  #surroundings({ action, target }: RunRequest): Surroundings {
    const { town, time } = this.#world;
    const nowMs = time.nowMs;
    const near = (spans: readonly Span[]): readonly ClosedWindow[] =>
      spans
        .filter(({ fromMs, untilMs }) => untilMs > nowMs - 12 * HOUR_MS && fromMs < nowMs + 12 * HOUR_MS)
        .map(windowOf);
    const killed = town.killed.find(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
    const left = town.budgetOf(target.service, nowMs);
    const budget = { objective: 'availability', service: target.service };
    return {
      ...(killed === undefined ? {} : { killSwitch: { sinceMs: killed.fromMs, by: 'Ana', reason: '' } }),
      freezes: near(town.freezes),
      maintenance: near(town.maintenance),
      budgets: [left === undefined ? budget : { ...budget, left }],
      rung: town.rungOf(action, target.service),
    };
  }

  async #suffer(): Promise<void> {
    const { time, random, untilMs } = this.#world;
    while (time.nowMs < untilMs) {
      await time.sleep((0.2 + random.next()) * 3 * HOUR_MS);
      const kind = random.integer(8);
      if (kind < 5) await this.#die();
      else if (kind < 7) {
        this.holdUps++;
        this.#heldUpUntilMs = time.nowMs + (5 + 35 * random.next()) * 1000;
      } else {
        this.jumps++;
        this.#wall.offsetMs = (random.oneIn(2) ? 1 : -1) * (1 + 119 * random.next()) * MINUTE_MS;
        await time.sleep(10 * MINUTE_MS);
        this.#wall.offsetMs = 0;
      }
    }
  }

  async #die(): Promise<void> {
    const { time, random } = this.#world;
    this.deaths++;
    this.#life++;
    this.#runner = undefined;
    await time.sleep((5 + 55 * random.next()) * 1000);
    void this.#beat(this.#life);
  }
}

function windowOf({ name, fromMs, untilMs, services }: Span): ClosedWindow {
  return { name, match: { actions: [], services, environments: [], labels: {} }, fromMs, untilMs };
}
