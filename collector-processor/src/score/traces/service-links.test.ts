import { expect, test } from '@jest/globals';
import { order } from '../testing/call-tree.ts';
import { createRandom } from '../testing/random.ts';
import { createWorld } from '../testing/world.ts';
import { SpanKind } from './call-names.ts';

const place = { tenant: '', environment: '' };

test('a call whose both sides were seen leads to the service, whatever the caller calls it', () => {
  const world = createWorld();
  order(world, createRandom(1));
  expect([...world.engine.links.all()]).toEqual([{ ...place, from: 'shop', to: 'payment', remote: false }]);
});

test('what only its callers see is remote, under the name that they use', () => {
  const world = createWorld();
  const call = { name: 'SELECT', kind: SpanKind.client, durationMs: 3, attributes: { 'db.system.name': 'postgresql' } };
  world.spans({ service: 'shop' }, [
    { ...call, endMs: world.nowMs() + 1, spanId: 'a1'.padStart(16, '0'), parentSpanId: '0' },
  ]);
  world.advance(world.options.bucket);
  expect([...world.engine.links.all()]).toEqual([{ ...place, from: 'shop', to: 'postgresql', remote: true }]);
});

test('when there is no room the call that was not seen for the longest is forgotten', () => {
  const world = createWorld({ maxLinks: 1 });
  order(world, createRandom(1));
  order(world, createRandom(2));
  expect(world.engine.links.size).toBe(1);
});
