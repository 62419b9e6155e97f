import type { Series } from '../../model/anomaly.ts';
import type { PointKind } from '../../model/columns.ts';
import type { ResourceKind } from '../../model/forecast.ts';
import type { Mask } from '../../runtime/masking.ts';
import { maskedIdentity } from '../masked-identity.ts';
import { attributeText } from '../series-attributes.ts';
import { identityOf, type Source } from '../sources.ts';
import type { KnownRule } from './capacity-catalogue.ts';
import type { CapacityIdentity } from './capacity-series.ts';

/** Attributes that name a resource, the best one first. */
const PLACES = [
  'system.filesystem.mountpoint',
  'mountpoint',
  'k8s.volume.name',
  'persistentvolumeclaim',
  'db.client.connection.pool.name',
  'pool.name',
  'jvm.memory.pool.name',
  'v8js.heap.space.name',
  'resource',
  'k8s.resource_quota.name',
  'httpcheck.tls.cn',
  'http.url',
  'url.full',
  'tlscheck.target',
  'system.device',
  'device',
];
const INSTANCES = ['k8s.pod.name', 'host.name', 'container.name', 'k8s.node.name', 'k8s.namespace.name'];

interface Named {
  readonly id: string;
  readonly source: Source;
  readonly rule: KnownRule;
  readonly metric: string;
  readonly unit: string;
  /** Without the state. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly mask: Mask;
}

export function identityOfResource({ id, source, rule, metric, unit, attributes, mask }: Named): CapacityIdentity {
  const { kind } = rule;
  const place =
    PLACES.flatMap((name) => attributes.get(name) ?? [])[0] ?? attributeText(Object.fromEntries(attributes));
  const instance = INSTANCES.flatMap((name) => source.resource.attributes.get(name) ?? [])[0] ?? '';
  const where = instance === '' ? attributes : new Map([...attributes, ['instance', instance]]);
  const base = identityOf(source, 'metrics');
  const title = mask(titleOf({ kind, metric, place, service: base.service, instance }));
  const named = {
    ...base,
    id,
    measure: 'days_left',
    metric,
    unit: 'd',
    attributes: Object.fromEntries(where),
  } as const;
  return { series: maskedIdentity(named, mask), kind, unit, title };
}

interface Stored {
  readonly source: Source;
  readonly metric: string;
  readonly unit: string;
  readonly pointKind: PointKind;
  /** With the state. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** The stream as a metrics store has it, told from those of other instances. */
export function storedSeries({ source, metric, unit, pointKind, attributes }: Stored): Series {
  const instances = INSTANCES.flatMap((name) => {
    const value = source.resource.attributes.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const labels = Object.fromEntries([...attributes, ...instances]);
  return { ...identityOf(source, 'metrics'), id: '', measure: 'value', metric, unit, pointKind, attributes: labels };
}

const nouns: Readonly<Record<ResourceKind, readonly [noun: string, fate: string]>> = {
  disk: ['Disk', 'is full'],
  memory: ['Memory', 'is used up'],
  connections: ['Connection pool', 'is used up'],
  descriptors: ['File descriptors', 'are used up'],
  quota: ['Quota', 'is used up'],
  certificate: ['Certificate', 'expires'],
  error_budget: ['Error budget', 'is used up'],
  other: ['Capacity', 'is used up'],
};

interface TitleParts {
  readonly kind: ResourceKind;
  readonly metric: string;
  readonly place: string;
  readonly service: string;
  readonly instance: string;
}

export function titleOf({ kind, metric, place, service, instance }: TitleParts): string {
  const [noun] = nouns[kind];
  const name = kind === 'other' ? `${noun} of ${metric}` : noun;
  const owner = service === '' ? instance : service;
  const on = instance === '' || instance === owner ? '' : ` on ${instance}`;
  return [name, ...(place === '' ? [] : [place]), ...(owner === '' ? [] : [`of ${owner}`])].join(' ') + on;
}

export function fateOf(kind: ResourceKind): string {
  return nouns[kind][1];
}
