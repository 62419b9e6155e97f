import { describe, expect, test } from '@jest/globals';
import { createResource } from './resource-identity.ts';

const identity = ['service.namespace', 'service.name', 'deployment.environment.name', 'deployment.environment'];

function resource(attributes: Readonly<Record<string, string>>) {
  return createResource(new Map(Object.entries(attributes)), identity);
}

test('what the sender says of itself', () => {
  expect(
    resource({
      'service.name': 'cart',
      'service.namespace': 'shop',
      'service.version': '1.2',
      'deployment.environment.name': 'production',
    }),
  ).toMatchObject({
    service: 'cart',
    namespace: 'shop',
    version: '1.2',
    environment: 'production',
    key: '{service.namespace="shop",service.name="cart",deployment.environment.name="production"}',
    member: '',
  });
});

test('a resource without attributes is an unknown service', () => {
  expect(resource({})).toMatchObject({
    service: 'unknown_service',
    namespace: '',
    environment: '',
    key: '{}',
    member: '',
  });
});

describe('the key', () => {
  test('survives a rollout, the member does not', () => {
    const before = resource({
      'service.name': 'cart',
      'service.version': '1',
      'k8s.pod.name': 'cart-1',
      'process.pid': '7',
    });
    const after = resource({
      'process.pid': '9',
      'k8s.pod.name': 'cart-2',
      'service.version': '2',
      'service.name': 'cart',
    });
    expect(after.key).toBe(before.key);
    expect(after.keyHash).toEqual(before.keyHash);
    expect([before.member, after.member]).toEqual([
      '{k8s.pod.name="cart-1",process.pid="7"}',
      '{k8s.pod.name="cart-2",process.pid="9"}',
    ]);
    expect(after.memberHash).not.toEqual(before.memberHash);
  });

  test('takes the old name of the environment for the new one', () => {
    const old = resource({ 'service.name': 'cart', 'deployment.environment': 'prod' });
    const both = resource({
      'service.name': 'cart',
      'deployment.environment': 'x',
      'deployment.environment.name': 'prod',
    });
    expect(old.key).toBe(both.key);
    expect([old.environment, both.environment]).toEqual(['prod', 'prod']);
  });

  test('is not fooled by values that look like it', () => {
    expect(resource({ 'service.name': 'a",b="c' }).key).not.toBe(resource({ 'service.name': 'a', b: 'c' }).key);
  });

  test('has a hash that never changes between releases', () => {
    const { keyHash, memberHash } = resource({ 'service.name': 'cart', 'service.instance.id': 'i-1' });
    expect({ keyHash, memberHash }).toEqual({
      keyHash: { low: 1540864483, high: 192780018 },
      memberHash: { low: 2676217533, high: 1300016655 },
    });
  });
});

test.each(['service.instance.id', 'container.id', 'k8s.pod.uid', 'host.name', 'process.runtime.version'])(
  '%s belongs to the member',
  (name) => {
    expect(resource({ [name]: '1' }).member).toBe(`{${name}="1"}`);
  },
);

test.each(['service.version', 'k8s.podium', 'hostile', 'container.image.name'])('%s does not', (name) => {
  expect(resource({ [name]: '1' }).member).toBe('');
});
