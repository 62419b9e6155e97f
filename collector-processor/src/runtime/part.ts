import { messageOf } from './errors.ts';
import type { Service } from './lifecycle.ts';
import type { MetricScope, SelfMetrics } from './self-metrics.ts';

export interface PartSpec<Settings, Running extends Service> {
  readonly name: string;
  /** The settings that it is made from; when they change, it is exchanged. */
  readonly reads: (settings: Settings) => unknown;
  /** `metrics` lives as long as what is made: what is registered there goes with it. */
  readonly make: (settings: Settings, metrics: SelfMetrics) => Running;
  readonly metrics: SelfMetrics;
  /** Holds something that only one can hold (a file): the old one stops before the new one starts. */
  readonly exclusive: boolean | ((now: Settings, next: Settings) => boolean);
}

/** A running part of the program that can be exchanged for one made from other settings. */
export interface Part<Settings, Running extends Service> extends Service {
  readonly current: Running;
  /**
   * Exchanges it if its settings differ, and tells whether they did. When the new one cannot start, the old settings stay in
   * force, and it throws.
   */
  apply(next: Settings): Promise<boolean>;
}

interface Made<Running> {
  readonly service: Running;
  readonly scope: MetricScope;
}

export function createPart<Settings, Running extends Service>(
  { name, reads, make, metrics, exclusive }: PartSpec<Settings, Running>,
  initial: Settings,
): Part<Settings, Running> {
  let settings = initial;
  let current = begin(initial);

  function begin(next: Settings): Made<Running> {
    const scope = metrics.scope();
    try {
      return { service: make(next, scope), scope };
    } catch (error) {
      scope.end();
      throw error;
    }
  }

  /** One that cannot start may have half started: it lets go of what it holds already. */
  async function start(made: Made<Running>): Promise<void> {
    try {
      await made.service.start();
    } catch (error) {
      await stop(made).catch((fault: unknown) => {
        throw new Error(`${messageOf(error)} Nor does it stop: ${messageOf(fault)}`, { cause: error });
      });
      throw error;
    }
  }

  async function stop({ service, scope }: Made<Running>): Promise<void> {
    try {
      await service.stop();
    } finally {
      scope.end();
    }
  }

  /** The old one keeps its counters until its successor holds them too, whichever way it goes. */
  async function exchangeExclusive(next: Settings): Promise<void> {
    const old = current;
    const replacement = begin(next);
    await old.service.stop();
    try {
      await start(replacement);
      current = replacement;
    } catch (error) {
      const again = begin(settings);
      await start(again);
      current = again;
      throw error;
    } finally {
      old.scope.end();
    }
  }

  async function exchangeShared(next: Settings): Promise<void> {
    const replacement = begin(next);
    await start(replacement);
    const old = current;
    current = replacement;
    await stop(old);
  }

  return {
    name,
    get current() {
      return current.service;
    },
    start: () => start(current),
    stop: () => stop(current),
    async apply(next) {
      if (JSON.stringify(reads(next)) === JSON.stringify(reads(settings))) return false;
      const isExclusive = typeof exclusive === 'boolean' ? exclusive : exclusive(settings, next);
      await (isExclusive ? exchangeExclusive(next) : exchangeShared(next));
      settings = next;
      return true;
    },
  };
}
