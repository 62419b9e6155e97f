import type { Resource } from '../../model/resource.ts';
import type { ServiceWhereabouts } from '../../model/service-graph.ts';

const KINDS = {
  host: ['host.name', 'host.id'],
  pod: ['k8s.pod.name'],
  node: ['k8s.node.name'],
  zone: ['cloud.availability_zone'],
} as const;

const MAX_SERVICES = 10_000;
/** Names of one kind of one service, those seen last. */
const MAX_NAMES = 200;
const FORGET_MS = 60 * 60_000;

interface Known {
  readonly tenant: string;
  readonly environment: string;
  readonly service: string;
  /** `kind\nname` → when it was last seen. */
  readonly names: Map<string, number>;
}

/** On which hosts, pods, nodes and in which zones each service was seen within the last hour. */
export class Whereabouts {
  readonly #services = new Map<string, Known>();

  observe({ attributes, service, environment }: Resource, tenant: string, nowMs: number): void {
    const key = [tenant, environment, service].join('\n');
    let known = this.#services.get(key);
    if (known === undefined) {
      known = { tenant, environment, service, names: new Map() };
      this.#services.set(key, known);
      const oldest = this.#services.size > MAX_SERVICES ? this.#services.keys().next().value : undefined;
      if (oldest !== undefined) this.#services.delete(oldest);
    }
    for (const [kind, names] of Object.entries(KINDS)) {
      const name = names.map((one) => attributes.get(one) ?? '').find((one) => one !== '');
      if (name === undefined) continue;
      const place = `${kind}\n${name}`;
      known.names.delete(place);
      known.names.set(place, nowMs);
      const oldest = known.names.size > MAX_NAMES ? known.names.keys().next().value : undefined;
      if (oldest !== undefined) known.names.delete(oldest);
    }
  }

  *all(nowMs: number): Generator<ServiceWhereabouts> {
    for (const { tenant, environment, service, names } of this.#services.values()) {
      const resources: Record<string, string[]> = {};
      for (const [place, seenMs] of names) {
        const [kind = '', name = ''] = place.split('\n', 2);
        if (nowMs - seenMs < FORGET_MS) (resources[kind] ??= []).push(name);
      }
      yield { tenant, environment, service, resources };
    }
  }
}
