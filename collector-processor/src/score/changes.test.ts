import { describe, expect, test } from '@jest/globals';
import type { Change } from '../model/anomaly.ts';
import { Changes } from './changes.ts';
import { resourceOf } from './testing/resources.ts';

const MINUTE = 60_000;

function world() {
  const told: Change[] = [];
  const changes = new Changes({ newId: () => 'id', onChange: (change) => told.push(change) });
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
