import type { Service } from './lifecycle.ts';

export interface PartSpec<Settings, Running extends Service> {
  readonly name: string;
  /** The settings that it is made from; when they change, it is exchanged. */
  readonly reads: (settings: Settings) => unknown;
  readonly make: (settings: Settings) => Running;
  /** Holds something that only one can hold (a port, a file): the old one stops before the new one starts. */
  readonly exclusive: boolean;
}

/** A running part of the program that can be exchanged for one made from other settings. */
export interface Part<Settings, Running extends Service> extends Service {
  readonly current: Running;
  /** Exchanges it if its settings differ. When the new one cannot start, the old settings stay in force, and it throws. */
  apply(next: Settings): Promise<void>;
}

export function createPart<Settings, Running extends Service>(
  { name, reads, make, exclusive }: PartSpec<Settings, Running>,
  initial: Settings,
): Part<Settings, Running> {
  let settings = initial;
  let current = make(initial);

  async function exchangeExclusive(next: Settings): Promise<void> {
    const replacement = make(next);
    await current.stop();
    try {
      await replacement.start();
      current = replacement;
    } catch (error) {
      const old = make(settings);
      await old.start();
      current = old;
      throw error;
    }
  }

  async function exchangeShared(next: Settings): Promise<void> {
    const replacement = make(next);
    await replacement.start();
    const old = current;
    current = replacement;
    await old.stop();
  }

  return {
    name,
    get current() {
      return current;
    },
    start: () => current.start(),
    stop: () => current.stop(),
    async apply(next) {
      if (JSON.stringify(reads(next)) === JSON.stringify(reads(settings))) return;
      await (exclusive ? exchangeExclusive(next) : exchangeShared(next));
      settings = next;
    },
  };
}
