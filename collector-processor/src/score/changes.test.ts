import { describe, expect, test } from '@jest/globals';
import { createResource } from '../decode/resource-identity.ts';
import type { Change } from '../model/anomaly.ts';
import { Changes } from './changes.ts';
import { resourceOf } from './testing/resources.ts';

const MINUTE = 60_000;

const marks = {
  image: ['container.image.id', 'container.image.tags'],
  configuration: ['config.hash'],
  flags: ['feature_flag.'],
};

function world() {
  const told: Change[] = [];
  const changes = new Changes({ newId: () => 'id', onChange: (change) => told.push(change), marks });
  const see = (version: string, minute: number, tenant = ''): void =>
    changes.observe(resourceOf({ service: 'payment', version }), tenant, minute * MINUTE);
  return { told, changes, see };
}

test('the first version ever seen is no change, the next one is', () => {
  const { told, see } = world();
  see('1.4.0', 0);
  expect(told).toEqual([]);
  see('1.5.0', 3);
  expect(told).toEqual([
    {
      ...{ id: 'id', tenant: '', kind: 'deploy', service: 'payment', environment: '' },
      ...{ timeMs: 3 * MINUTE, from: '1.4.0', to: '1.5.0', source: 'resource' },
    },
  ]);
});

describe('a rollout', () => {
  test('that mixes old and new is told once', () => {
    const { told, see } = world();
    see('1', 0);
    for (let minute = 1; minute < 30; minute++) see(minute % 2 === 0 ? '1' : '2', minute);
    expect(told).toHaveLength(1);
  });

  test('that is rolled back after a while is told again', () => {
    const { told, see } = world();
    for (let minute = 0; minute < 5; minute++) see('1', minute);
    for (let minute = 5; minute < 30; minute++) see('2', minute);
    see('1', 30);
    expect(told.map(({ from, to }) => [from, to])).toEqual([
      ['1', '2'],
      ['2', '1'],
    ]);
  });
});

test('tenants and services without a version are kept apart', () => {
  const { told, changes, see } = world();
  see('1', 0, 'a');
  see('2', 0, 'b');
  changes.observe(resourceOf({ service: 'payment', version: '' }), 'a', 1);
  expect(told).toEqual([]);
});

test('what is known survives a restart', () => {
  const first = world();
  first.see('1', 0);
  const second = world();
  second.changes.load(first.changes.save());
  second.see('2', 60);
  expect(second.told).toHaveLength(1);
});

describe('other attributes', () => {
  function watch() {
    const { told, changes } = world();
    const see = (attributes: Record<string, string>, minute: number): void => {
      const all = new Map(Object.entries({ 'service.name': 'cart', ...attributes }));
      changes.observe(createResource(all, ['service.name']), '', minute * MINUTE);
    };
    return { told, see, words: () => told.map(({ kind, from, to }) => [kind, from, to]) };
  }

  test('tell of images, settings and flags', () => {
    const { see, words } = watch();
    see({ 'container.image.id': 'a', 'config.hash': '1', 'feature_flag.fast': 'off' }, 0);
    see({ 'container.image.id': 'a', 'config.hash': '2', 'feature_flag.fast': 'on' }, 1);
    see({ 'container.image.id': 'b', 'config.hash': '2', 'feature_flag.fast': 'on' }, 2);
    expect(words()).toEqual([
      ['configuration', 'config.hash 1', 'config.hash 2'],
      ['flag', 'fast off', 'fast on'],
      ['deploy', 'a', 'b'],
    ]);
  });

  test('of an image that comes with a new version are the same deploy', () => {
    const { see, words } = watch();
    see({ 'service.version': '1', 'container.image.id': 'a' }, 0);
    see({ 'service.version': '2', 'container.image.id': 'b' }, 20);
    expect(words()).toEqual([['deploy', '1', '2']]);
  });

  test('another number of instances is told once it stays, and not while a version rolls out', () => {
    const { see, words } = watch();
    const run = (from: number, to: number, instances: readonly string[], version = '1'): void => {
      for (let minute = from; minute < to; minute += 0.5)
        for (const id of instances) see({ 'service.version': version, 'service.instance.id': id }, minute);
    };
    run(0, 10, ['a', 'b']);
    run(10, 11, ['a', 'b', 'c', 'd']);
    run(11, 20, ['a', 'b']);
    expect(words()).toEqual([]);
    run(20, 30, ['a', 'b', 'c']);
    expect(words()).toEqual([['configuration', '2 instances', '3 instances']]);
    run(30, 36, ['e', 'f'], '2');
    expect(words().slice(1)).toEqual([['deploy', '1', '2']]);
  });
});
