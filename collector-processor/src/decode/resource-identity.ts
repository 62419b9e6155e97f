import { type Hash64, type Resource } from '../model/resource.ts';
import { Hash } from './hash.ts';

/** What changes with a rollout or a restart (design rule 6); the first word of a group, or a whole name. */
const instanceAttributes = /^(service\.instance\.id|container\.id|(k8s\.pod|host|process)\..+)$/;

const environmentNames = ['deployment.environment.name', 'deployment.environment'] as const;

/** One resource of its attributes. `identity` lists the names that make up its key, in order. */
export function createResource(attributes: ReadonlyMap<string, string>, identity: readonly string[]): Resource {
  const names = [...attributes.keys()];
  const key = selector(identityOf(attributes, identity));
  const instance = names.filter((name) => instanceAttributes.test(name)).sort();
  const member = instance.length === 0 ? '' : selector(instance.map((name) => [name, attributes.get(name) ?? '']));
  return {
    attributes,
    service: attributes.get('service.name') ?? 'unknown_service',
    namespace: attributes.get('service.namespace') ?? '',
    environment: environmentOf(attributes),
    version: attributes.get('service.version') ?? '',
    key,
    member,
    keyHash: hashOf(key),
    memberHash: hashOf(key + member),
  };
}

type Pair = readonly [name: string, value: string];

/** Old and new name of the environment are one, so that an SDK's upgrade does not restart learning. */
function identityOf(attributes: ReadonlyMap<string, string>, identity: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  for (const name of identity) {
    const isEnvironment = environmentNames.some((known) => known === name);
    const stored = isEnvironment ? environmentNames[0] : name;
    const value = isEnvironment ? environmentOf(attributes) : (attributes.get(name) ?? '');
    if (value !== '' && !pairs.some(([known]) => known === stored)) pairs.push([stored, value]);
  }
  return pairs;
}

function environmentOf(attributes: ReadonlyMap<string, string>): string {
  return attributes.get(environmentNames[0]) ?? attributes.get(environmentNames[1]) ?? '';
}

/** As Prometheus writes labels: `{service.name="checkout",k8s.cluster.name="eu"}`. */
function selector(pairs: readonly Pair[]): string {
  return `{${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}}`;
}

function hashOf(text: string): Hash64 {
  const bytes = new TextEncoder().encode(text);
  const hash = new Hash();
  hash.start();
  hash.add(new DataView(bytes.buffer), 0, bytes.length);
  hash.finish();
  return { low: hash.low >>> 0, high: hash.high >>> 0 };
}
