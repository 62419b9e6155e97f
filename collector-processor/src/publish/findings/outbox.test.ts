import { expect, test } from '@jest/globals';
import { createSelfMetrics } from '../../runtime/self-metrics.ts';
import { createOutbox } from './outbox.ts';

function openOutbox(accepts: (tenant: string) => boolean = () => true) {
  const sent: string[] = [];
  const metrics = createSelfMetrics();
  const outbox = createOutbox<number>({
    signal: 'logs',
    maxWaiting: 5,
    maxPerRequest: 2,
    encode(items) {
      if (items.includes(-1)) throw new TypeError('no such number');
      return Uint8Array.from(items);
    },
    send(tenant, protobuf) {
      sent.push(`${tenant}:${protobuf.join()}`);
      return accepts(tenant);
    },
    metrics,
  });
  const count = (line: string) => Number(new RegExp(`^${line} (.*)$`, 'm').exec(metrics.render())?.[1]);
  const dropped = (reason: string) => count(`sentinel_published_items_dropped_total{signal="logs",reason="${reason}"}`);
  return { outbox, sent, dropped, delivered: () => count('sentinel_published_items_total{signal="logs"}') };
}

test('requests are bounded and belong to one tenant each', () => {
  const { outbox, sent, delivered } = openOutbox();
  for (const [tenant, item] of [
    ['a', 1],
    ['a', 2],
    ['b', 3],
    ['a', 4],
  ] as const)
    outbox.add(tenant, item);
  while (outbox.sendNext());
  expect(sent).toEqual(['a:1,2', 'a:4', 'b:3']);
  expect(delivered()).toBe(4);
  expect(outbox.sendNext()).toBe(false);
});

test('beyond the limit new items are dropped and counted, and there is room again afterwards', () => {
  const { outbox, sent, dropped } = openOutbox();
  for (let item = 0; item < 8; item++) outbox.add('a', item);
  expect(dropped('waiting')).toBe(3);
  while (outbox.sendNext());
  outbox.add('a', 9);
  outbox.sendNext();
  expect(sent.at(-1)).toBe('a:9');
});

test('what the sender refuses is counted', () => {
  const { outbox, dropped, delivered } = openOutbox(() => false);
  outbox.add('a', 1);
  outbox.sendNext();
  expect([dropped('sender_full'), delivered()]).toEqual([1, 0]);
});

test('an item that cannot be encoded costs its request and nothing else', () => {
  const { outbox, sent, dropped } = openOutbox();
  for (const item of [1, -1, 2]) outbox.add('a', item);
  while (outbox.sendNext());
  expect(sent).toEqual(['a:2']);
  expect(dropped('malformed')).toBe(2);
});
