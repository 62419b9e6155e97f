import { expect, test } from '@jest/globals';
import type { Change } from '../model/anomaly.ts';
import { ResourceWatch } from './resource-watch.ts';
import { resourceOf } from './testing/resources.ts';

const marks = { image: [], configuration: [], flags: [] };

test('another version is a change at once, though the one before was seen a moment ago', () => {
  const told: Change[] = [];
  const watch = new ResourceWatch({ newId: () => 'id', onChange: (change) => told.push(change), marks });
  const [one, two] = ['1', '2'].map((version) => resourceOf({ service: 'payment', version }));
  watch.observe(one!, '', 5_000);
  watch.observe(two!, '', 5_001);
  expect(told).toMatchObject([{ from: '1', to: '2' }]);
});

test('a resource is looked at again after a second, for another tenant at once, and when the clock was set back', () => {
  const watch = new ResourceWatch({ newId: () => 'id', onChange: () => undefined, marks });
  const resource = resourceOf({ service: 'payment', version: '1' });
  const seen: (readonly [string, number])[] = [];
  watch.whereabouts.observe = (_resource, tenant, nowMs) => void seen.push([tenant, nowMs]);
  for (const nowMs of [5_000, 5_999, 6_000]) watch.observe(resource, 'a', nowMs);
  watch.observe(resource, 'b', 6_001);
  watch.observe(resource, 'b', 1_000);
  expect(seen).toEqual([
    ['a', 5_000],
    ['a', 6_000],
    ['b', 6_001],
    ['b', 1_000],
  ]);
});
