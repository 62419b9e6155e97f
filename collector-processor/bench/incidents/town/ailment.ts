import type { Instance } from './plan.ts';

/** What is wrong somewhere, for a while. What is not named is as usual. */
export interface Ailment {
  readonly startMs: number;
  readonly endMs: number;
  /** Whom it hits: a service, one of its instances, all on a host, a database, or what lies between two services. */
  readonly at:
    | { readonly service: string }
    | { readonly instance: string }
    | { readonly host: string }
    | { readonly zone: string }
    | { readonly database: string }
    | { readonly between: readonly [from: string, to: string] }
    | { readonly system: string };
  /** Times as slow in its own work. */
  readonly slower?: number;
  /** Share of the requests that it fails by itself, and what it writes then. */
  readonly failing?: number;
  readonly line?: string;
  /** On the way there and back. */
  readonly delayMs?: number;
  /** Neither works nor reports; callers are refused. */
  readonly down?: true;
  /** Reports and takes nothing from its queue. */
  readonly stuck?: true;
  /** Times as many customers. */
  readonly traffic?: number;
  /** Whoever calls it asks so often again when it fails. */
  readonly retries?: number;
  /** Of its connections are in use. */
  readonly poolUsed?: number;
  /** Its callers refuse what it answers, and it notices nothing. */
  readonly misunderstood?: number;
}

/** A new version from then on. */
export interface Release {
  readonly service: string;
  readonly atMs: number;
}

/** Ailments of one moment by whom they hit. */
export class Ills {
  readonly #all: readonly Ailment[];

  constructor(all: readonly Ailment[], atMs: number) {
    this.#all = all.filter(({ startMs, endMs }) => atMs >= startMs && atMs < endMs);
  }

  get isQuiet(): boolean {
    return this.#all.length === 0;
  }

  ofService(service: string, { id, host, zone }: Instance): readonly Ailment[] {
    return this.#all.filter(
      ({ at }) =>
        ('service' in at && at.service === service) ||
        ('instance' in at && at.instance === id) ||
        ('host' in at && at.host === host) ||
        ('zone' in at && at.zone === zone),
    );
  }

  of(place: 'host' | 'database' | 'system', name: string): readonly Ailment[] {
    return this.#all.filter(({ at }) => (at as Readonly<Record<string, unknown>>)[place] === name);
  }

  between(from: string, to: string): readonly Ailment[] {
    return this.#all.filter(({ at }) => 'between' in at && at.between[0] === from && at.between[1] === to);
  }
}

export function times(ailments: readonly Ailment[], of: (one: Ailment) => number | undefined): number {
  return ailments.reduce((product, one) => product * (of(one) ?? 1), 1);
}

export function most(ailments: readonly Ailment[], of: (one: Ailment) => number | undefined): number {
  return ailments.reduce((greatest, one) => Math.max(greatest, of(one) ?? 0), 0);
}
