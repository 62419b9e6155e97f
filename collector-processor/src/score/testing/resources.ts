import { createResource } from '../../decode/resource-identity.ts';
import type { Resource } from '../../model/resource.ts';

const identity = ['service.namespace', 'service.name', 'deployment.environment.name'];
const known = new Map<string, Resource>();

export interface TestResource {
  readonly service: string;
  readonly version?: string;
  readonly instance?: string;
  readonly node?: string;
  readonly zone?: string;
}

/** The same object for the same resource, as from the decoder. */
export function resourceOf({
  service,
  version = '1.0.0',
  instance = 'a',
  node = '',
  zone = '',
}: TestResource): Resource {
  const key = [service, version, instance, node, zone].join('\n');
  const found = known.get(key);
  if (found !== undefined) return found;
  const attributes = new Map([
    ['service.namespace', 'shop'],
    ['service.name', service],
    ['service.version', version],
    ['service.instance.id', instance],
    ...(node === '' ? [] : [['k8s.node.name', node] as const]),
    ...(zone === '' ? [] : [['cloud.availability_zone', zone] as const]),
  ]);
  const resource = createResource(attributes, identity);
  known.set(key, resource);
  return resource;
}
