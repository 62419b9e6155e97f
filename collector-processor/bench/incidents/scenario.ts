import type { Draws } from '../faults/random-draws.ts';
import type { Ailment, Release } from './town/ailment.ts';
import type { SystemPlan, Town } from './town/plan.ts';

/** What really happened, in one or more systems at once. */
export interface Trouble {
  /** Systems whose services feel it; a finding in one of them, at that time, is of this trouble. */
  readonly systems: readonly string[];
  /** Names of which one has to be among the first candidates: a service, a database, a host. None: it cannot be known. */
  readonly causes: readonly string[];
  /** The candidate has to be a change. */
  readonly isChange?: true;
  /** The candidate has to say that no service is at fault. */
  readonly isDemand?: true;
  /** A service that was changed and is innocent. */
  readonly decoy?: string;
}

export interface Happening {
  readonly kind: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly troubles: readonly Trouble[];
  readonly ailments: readonly Ailment[];
  readonly releases: readonly Release[];
}

export interface Slot {
  readonly town: Town;
  readonly draws: Draws;
  /** The system that this one is about, and the other one. */
  readonly system: SystemPlan;
  readonly other: SystemPlan;
  readonly startMs: number;
  readonly endMs: number;
}

interface Told {
  readonly troubles: readonly Trouble[];
  readonly ailments: readonly Omit<Ailment, 'startMs' | 'endMs'>[];
  /** Milliseconds after the start. */
  readonly releases?: readonly { readonly service: string; readonly afterMs: number }[];
}

const MINUTE_MS = 60_000;

/** Somebody who calls this one. */
function callerOf({ services }: SystemPlan, name: string): string {
  return services.find(({ calls }) => calls.some(({ to }) => to === name))!.name;
}

/** Every kind of trouble, as it is made and what has to be said of it. None of this knows how causes are ranked. */
const kinds: Readonly<Record<string, (slot: Slot) => Told>> = {
  'cascade of errors'({ system, draws }) {
    const leaf = draws.pick(system.leaves);
    const ill = { at: { service: leaf }, failing: draws.between(0.3, 0.7), line: 'disk quota exceeded while writing' };
    return { troubles: [{ systems: [system.name], causes: [leaf] }], ailments: [ill] };
  },
  'slow dependency'({ system, draws }) {
    const leaf = draws.pick(system.leaves);
    const ill = { at: { service: leaf }, slower: draws.between(5, 10) };
    return { troubles: [{ systems: [system.name], causes: [leaf] }], ailments: [ill] };
  },
  'slow in the middle'({ system, draws }) {
    const middle = draws.pick(system.middle);
    const ill = { at: { service: middle }, slower: draws.between(5, 10) };
    return { troubles: [{ systems: [system.name], causes: [middle] }], ailments: [ill] };
  },
  'slow database'({ system, draws }) {
    const database = `${draws.pick(system.leaves)}-db`;
    const ill = { at: { database }, slower: draws.between(10, 20) };
    return { troubles: [{ systems: [system.name], causes: [database] }], ailments: [ill] };
  },
  'slow network'({ system, draws }) {
    const leaf = draws.pick(system.leaves);
    const caller = callerOf(system, leaf);
    const ill = { at: { between: [caller, leaf] }, delayMs: draws.between(150, 300) } as const;
    return { troubles: [{ systems: [system.name], causes: [leaf, caller] }], ailments: [ill] };
  },
  'two at once'({ system, other, draws }) {
    const [one, two] = [draws.pick(system.leaves), draws.pick(other.leaves)];
    return {
      troubles: [
        { systems: [system.name], causes: [one] },
        { systems: [other.name], causes: [two] },
      ],
      ailments: [
        { at: { service: one }, failing: 0.5, line: 'certificate has expired' },
        { at: { service: two }, slower: 8 },
      ],
    };
  },
  'shared host'({ town, draws }) {
    const host = draws.pick(town.hosts);
    const systems = town.systems.map(({ name }) => name);
    const ill = { at: { host }, slower: draws.between(6, 12) };
    return { troubles: [{ systems, causes: [host] }], ailments: [ill] };
  },
  'retry storm'({ system, draws }) {
    const leaf = draws.pick(system.leaves);
    const ill = { at: { service: leaf }, failing: 0.5, line: 'lock wait timeout exceeded', retries: 4 };
    return { troubles: [{ systems: [system.name], causes: [leaf] }], ailments: [ill] };
  },
  'bad deploy'({ system, draws }) {
    const bad = draws.pick([...system.leaves, ...system.middle]);
    const ill = {
      at: { service: bad },
      failing: draws.between(0.2, 0.6),
      line: 'cannot read property of undefined',
      slower: 2,
    };
    return {
      troubles: [{ systems: [system.name], causes: [bad], isChange: true }],
      ailments: [ill],
      releases: [{ service: bad, afterMs: 0 }],
    };
  },
  'decoy deploy'({ system, draws }) {
    const leaf = draws.pick(system.leaves);
    const decoy = draws.pick(system.middle);
    const ill = { at: { service: leaf }, failing: draws.between(0.3, 0.6), line: 'out of file descriptors' };
    const releases = [{ service: decoy, afterMs: -draws.between(1, 5) * MINUTE_MS }];
    return { troubles: [{ systems: [system.name], causes: [leaf], decoy }], ailments: [ill], releases };
  },
  'partial outage'({ system, draws }) {
    const leaf = draws.pick(system.leaves);
    const ill = { at: { instance: `${leaf}-1` }, failing: 0.9, line: 'cannot reach shard' };
    return { troubles: [{ systems: [system.name], causes: [leaf] }], ailments: [ill] };
  },
  'silent service'({ system, draws }) {
    const leaf = draws.pick(system.leaves);
    return {
      troubles: [{ systems: [system.name], causes: [leaf] }],
      ailments: [{ at: { service: leaf }, down: true }],
    };
  },
  'silent worker'({ system }) {
    const ill = { at: { service: system.worker }, down: true } as const;
    return { troubles: [{ systems: [system.name], causes: [system.worker] }], ailments: [ill] };
  },
  'pool exhausted'({ system, draws }) {
    const leaf = draws.pick(system.leaves);
    const ill = {
      at: { service: leaf },
      slower: 6,
      poolUsed: 1,
      failing: 0.15,
      line: 'timed out waiting for a connection',
    };
    return { troubles: [{ systems: [system.name], causes: [leaf] }], ailments: [ill] };
  },
  'surge of demand'({ system, draws }) {
    const ill = { at: { system: system.name }, traffic: draws.between(2.5, 4) };
    return { troubles: [{ systems: [system.name], causes: [system.front], isDemand: true }], ailments: [ill] };
  },
  'unknown: two leaves and something unseen'({ system }) {
    const ailments = system.leaves.map((service) => ({ at: { service }, slower: 5 }));
    return { troubles: [{ systems: [system.name], causes: [] }], ailments };
  },
  'unknown: two deploys that disagree'({ system, draws }) {
    const leaf = draws.pick(system.leaves);
    const caller = callerOf(system, leaf);
    return {
      troubles: [{ systems: [system.name], causes: [] }],
      ailments: [{ at: { between: [caller, leaf] }, misunderstood: 0.5 }],
      releases: [caller, leaf].map((service) => ({ service, afterMs: 0 })),
    };
  },
  'unknown: slow before the front'({ system, other }) {
    const ailments = [system, other].map(({ front }) => ({ at: { service: front }, slower: 15 }));
    return {
      troubles: [system, other].map(({ name }) => ({ systems: [name], causes: [] })),
      ailments,
    };
  },
  'stuck worker'({ system }) {
    const ill = { at: { service: system.worker }, stuck: true } as const;
    return { troubles: [{ systems: [system.name], causes: [system.worker] }], ailments: [ill] };
  },
  'slow zone'({ town, draws }) {
    const zone = draws.pick(town.zones);
    const systems = town.systems.map(({ name }) => name);
    const ill = { at: { zone }, slower: draws.between(6, 12) };
    return { troubles: [{ systems, causes: [zone] }], ailments: [ill] };
  },
};

export const kindNames = Object.keys(kinds);

export function planHappening(kind: string, slot: Slot): Happening {
  const { startMs, endMs } = slot;
  const { troubles, ailments, releases = [] } = kinds[kind]!(slot);
  return {
    ...{ kind, startMs, endMs, troubles },
    ailments: ailments.map((one) => ({ ...one, startMs, endMs })),
    releases: releases.map(({ service, afterMs }) => ({ service, atMs: startMs + afterMs })),
  };
}
