import type { Hash64, Resource } from '../model/resource.ts';
import { type Signal, signals } from '../model/signal.ts';
import { isOwn } from './own-telemetry.ts';
import { Hasher, hashText } from './state/hash64.ts';
import type { SubjectIdentity } from './state/subject-store.ts';

/** Tenants of one resource; beyond it they are made anew each time, which costs time and no memory. */
const MAX_TENANTS = 100;

/** A resource of a tenant: where the hashes of its series start, and whether it may be scored. */
export interface Source {
  /** Small number, for caches of this process. */
  readonly id: number;
  readonly tenant: string;
  readonly tenantHash: number;
  readonly resource: Resource;
  readonly own: boolean;
  /** Tenant and scoring identity; the same for all instances. */
  readonly key: Hash64;
  /** The same with the instance. */
  readonly member: Hash64;
  /** Presence subjects by signal, with the serial that says whether they still are. */
  readonly presence: Int32Array;
  readonly presenceSerial: Uint32Array;
}

export class Sources {
  private readonly byResource = new WeakMap<Resource, Source[]>();
  private readonly hasher = new Hasher();
  private nextId = 1;

  of(resource: Resource, tenant: string): Source {
    const known = this.byResource.get(resource);
    const found = known?.find((source) => source.tenant === tenant);
    if (found !== undefined) return found;
    const source = this.create(resource, tenant);
    if (known === undefined || known.length >= MAX_TENANTS) this.byResource.set(resource, [source]);
    else known.push(source);
    return source;
  }

  private create(resource: Resource, tenant: string): Source {
    const { low, high } = hashText(tenant);
    const { keyHash, memberHash } = resource;
    const key = this.hasher.reset(keyHash.low, keyHash.high).mix(low, high);
    const keyed = { low: key.low, high: key.high };
    const member = this.hasher.reset(memberHash.low, memberHash.high).mix(low, high);
    return {
      id: this.nextId++,
      tenant,
      tenantHash: low,
      resource,
      own: isOwn(resource),
      key: keyed,
      member: { low: member.low, high: member.high },
      presence: new Int32Array(signals.length).fill(-1),
      presenceSerial: new Uint32Array(signals.length),
    };
  }
}

/** What the series of a source have in common in one signal. */
export function identityOf({ tenant, resource }: Source, signal: Signal): SubjectIdentity {
  const { service, namespace, environment } = resource;
  return { tenant, signal, service, namespace, environment, attributes: {} };
}
