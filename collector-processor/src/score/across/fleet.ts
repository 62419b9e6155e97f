import type { Hash64, Resource } from '../../model/resource.ts';
import type { Mask } from '../../runtime/masking.ts';
import type { Counter, SelfMetrics } from '../../runtime/self-metrics.ts';
import type { Source } from '../sources.ts';
import { Hasher, hashText } from '../state/hash64.ts';

/** What an instance is called, the first that is there: people know a pod by its name, and a random id of an SDK last. */
export const instanceNames = ['k8s.pod.name', 'service.instance.id', 'container.id', 'host.name', 'host.id'] as const;
/** Where it runs, from near to far; of several names of one kind of place the first that is there. */
const placeNames = [
  ['k8s.node.name', 'host.name', 'host.id'],
  ['cloud.availability_zone'],
  ['k8s.cluster.name'],
  ['cloud.region'],
] as const;

/** A host, zone, cluster or region of a tenant. */
export interface Place {
  readonly key: string;
  readonly tenant: string;
  readonly attribute: string;
  readonly name: string;
}

/** One of the replicas of a service. */
export interface Instance {
  /** Small number, given to another one when this one is gone. */
  readonly number: number;
  /** Stable over restarts. */
  readonly hash: Hash64;
  readonly attribute: string;
  readonly name: string;
  readonly group: Group;
  readonly places: readonly Place[];
  /** Bucket in which it last sent something. */
  bucket: number;
}

/** The instances of one service. */
export interface Group {
  readonly key: string;
  readonly tenant: string;
  readonly instances: Set<Instance>;
}

export interface FleetParts {
  readonly maxInstances: number;
  /** Buckets after which an instance that sends nothing is gone. */
  readonly idleBuckets: number;
  readonly mask: Mask;
  readonly metrics: SelfMetrics;
}

/** Which instances services have, and where they run. Bounded; those that are silent for long make room. */
export class Fleet {
  private readonly parts: FleetParts;
  private readonly bySource = new WeakMap<Source, Instance>();
  private readonly byHash = new Map<string, Instance>();
  private readonly groups = new Map<string, Group>();
  private readonly free: number[] = [];
  private readonly refused: Counter;
  private readonly hasher = new Hasher();

  constructor(parts: FleetParts) {
    this.parts = parts;
    const { metrics } = parts;
    const help = 'Batches of instances that found no place among those that are compared.';
    this.refused = metrics.counter({ name: 'sentinel_instances_refused_total', help });
    const known = 'Instances of services that are known.';
    metrics.gauge({ name: 'sentinel_instances', help: known }, () => this.byHash.size);
  }

  /** Undefined where nothing tells instances apart, or there is no room. */
  see(source: Source, bucket: number): Instance | undefined {
    const known = this.known(source);
    if (known !== undefined) {
      known.bucket = Math.max(known.bucket, bucket);
      return known;
    }
    const found = source.own ? undefined : this.find(source, bucket);
    if (found !== undefined) this.bySource.set(source, found);
    return found;
  }

  /** What `see` found last. */
  known(source: Source): Instance | undefined {
    const known = this.bySource.get(source);
    return known?.group.instances.has(known) === true ? known : undefined;
  }

  all(): Iterable<Group> {
    return this.groups.values();
  }

  groupOf(key: string): Group | undefined {
    return this.groups.get(key);
  }

  /** Forgets instances that were not seen for long. */
  forgetIdle(bucket: number): void {
    for (const [key, instance] of this.byHash) {
      if (bucket - instance.bucket <= this.parts.idleBuckets) continue;
      this.byHash.delete(key);
      this.free.push(instance.number);
      const { group } = instance;
      group.instances.delete(instance);
      if (group.instances.size === 0) this.groups.delete(group.key);
    }
  }

  private find(source: Source, bucket: number): Instance | undefined {
    const { resource, tenant } = source;
    const attribute = instanceNames.find((name) => (resource.attributes.get(name) ?? '') !== '');
    if (attribute === undefined) return undefined;
    const name = resource.attributes.get(attribute) ?? '';
    const text = hashText(name);
    const { low, high } = this.hasher.reset(source.key.low, source.key.high).mix(text.low, text.high);
    const known = this.byHash.get(`${low}:${high}`);
    if (known !== undefined) {
      known.bucket = Math.max(known.bucket, bucket);
      return known;
    }
    if (this.byHash.size >= this.parts.maxInstances) {
      this.refused.add(1);
      return undefined;
    }
    const group = this.group(groupKeyOf(tenant, resource), tenant);
    const number = this.free.pop() ?? this.byHash.size;
    const places = placesOf(tenant, resource, this.parts.mask);
    const shown = this.parts.mask(name);
    const instance: Instance = { number, hash: { low, high }, attribute, name: shown, group, places, bucket };
    this.byHash.set(`${low}:${high}`, instance);
    group.instances.add(instance);
    return instance;
  }

  private group(key: string, tenant: string): Group {
    const known = this.groups.get(key);
    if (known !== undefined) return known;
    const group: Group = { key, tenant, instances: new Set() };
    this.groups.set(key, group);
    return group;
  }
}

/** As `serviceOf` of a series has it. */
function groupKeyOf(tenant: string, { namespace, service, environment }: Resource): string {
  return [tenant, namespace, service, environment].join('\n');
}

function placesOf(tenant: string, { attributes }: Resource, mask: Mask): Place[] {
  return placeNames.flatMap((names) => {
    const attribute = names.find((name) => (attributes.get(name) ?? '') !== '');
    if (attribute === undefined) return [];
    const name = mask(attributes.get(attribute) ?? '');
    return [{ key: [tenant, attribute, name].join('\n'), tenant, attribute, name }];
  });
}
