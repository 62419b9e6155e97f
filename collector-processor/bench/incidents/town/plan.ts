import type { Draws } from '../../faults/random-draws.ts';

/** One service asks another. */
export interface CallPlan {
  readonly to: string;
  /** Of the requests. */
  readonly share: number;
}

export interface Instance {
  readonly id: string;
  readonly host: string;
  readonly zone: string;
}

export interface ServicePlan {
  readonly name: string;
  readonly system: string;
  /** Median of its own work, in milliseconds. */
  readonly ownMs: number;
  readonly calls: readonly CallPlan[];
  /** Seen by its caller alone. */
  readonly database?: { readonly name: string; readonly ms: number };
  /** The broker that takes what it sends, without anybody waiting for an answer. */
  readonly sendsTo?: string;
  readonly instances: readonly Instance[];
}

/** Some services that work together; none of them knows those of another system. */
export interface SystemPlan {
  readonly name: string;
  readonly front: string;
  readonly perSecond: number;
  /** Whom somebody calls, and who calls nobody. */
  readonly leaves: readonly string[];
  readonly middle: readonly string[];
  readonly broker: string;
  readonly worker: string;
  readonly services: readonly ServicePlan[];
}

export interface Town {
  readonly systems: readonly SystemPlan[];
  readonly hosts: readonly string[];
  readonly zones: readonly string[];
}

const HOSTS = 4;
const zones = ['zone-a', 'zone-b'] as const;
const names = [
  ...[
    'amber',
    'birch',
    'cedar',
    'delta',
    'ember',
    'fjord',
    'grove',
    'heron',
    'iris',
    'jade',
    'kestrel',
    'larch',
    'maple',
  ],
  ...[
    'nimbus',
    'otter',
    'pebble',
    'quartz',
    'raven',
    'slate',
    'tulip',
    'umber',
    'violet',
    'willow',
    'yarrow',
    'zinnia',
  ],
] as const;

/** Two systems of their own shape, whose instances share four hosts. */
export function planTown(draws: Draws): Town {
  const hosts = Array.from({ length: HOSTS }, (_, number) => `host-${number + 1}`);
  const free = [...names].sort(() => draws.uniform() - 0.5);
  let placed = draws.below(HOSTS);
  const host = (): Where => {
    const number = placed++ % HOSTS;
    return { host: hosts[number]!, zone: zones[number % zones.length]! };
  };
  const systems = ['north', 'south'].map((name) => planSystem(name, { draws, host, take: () => free.pop()! }));
  return { systems, hosts, zones };
}

type Where = Pick<Instance, 'host' | 'zone'>;

interface Means {
  readonly draws: Draws;
  readonly host: () => Where;
  readonly take: () => string;
}

/** A front, which calls two or three, of which some share what they call in turn. */
function planSystem(name: string, { draws, host, take }: Means): SystemPlan {
  const [front, broker, worker] = [take(), take(), take()];
  const middle = Array.from({ length: 2 + draws.below(2) }, take);
  const leaves = Array.from({ length: 2 }, take);
  const run = (service: string, count: number): readonly Instance[] =>
    Array.from({ length: count }, (_, number) => ({ id: `${service}-${number + 1}`, ...host() }));
  const plan = (service: string, rest: Omit<ServicePlan, 'name' | 'system' | 'instances'>, count = 1): ServicePlan => {
    return { name: service, system: name, instances: run(service, count), ...rest };
  };
  const database = (service: string) => ({ name: `${service}-db`, ms: draws.between(4, 10) });
  const services = [
    plan(front, { ownMs: 15, calls: middle.map((to, at) => ({ to, share: at === 0 ? 1 : draws.between(0.5, 0.9) })) }),
    ...middle.map((service, at) =>
      plan(
        service,
        {
          ownMs: draws.between(12, 30),
          calls: leaves.flatMap((to, leaf) =>
            leaf === at % 2 || draws.uniform() < 0.4 ? [{ to, share: draws.between(0.6, 1) }] : [],
          ),
          ...(at === 0 ? { sendsTo: broker } : {}),
        },
        at === 0 ? 2 : 1,
      ),
    ),
    ...leaves.map((service) =>
      plan(service, { ownMs: draws.between(10, 25), calls: [], database: database(service) }, 2),
    ),
    plan(worker, { ownMs: draws.between(20, 50), calls: [], database: database(worker) }),
    plan(broker, { ownMs: 0, calls: [] }),
  ];
  return { name, front, perSecond: draws.between(2, 3), leaves, middle, broker, worker, services };
}
