import { expect, test } from '@jest/globals';
import { createDeliveryBench } from '../testing/delivery-bench.ts';
import { delivered, failed, settled } from '../testing/scripted-transport.ts';
import { suspect } from './shipment.ts';

/** Alone, so that each is one request. */
const replay = { replay: true, ...suspect } as const;

test('replays take no more than their share of the places, however many there are', async () => {
  const { ship, transport } = createDeliveryBench({ max_in_flight: 8 });
  const sent = Array.from({ length: 20 }, (_, index) => ship(`old-${index}`, replay));
  expect(transport.sent).toHaveLength(2);
  await transport.end(delivered);
  expect(transport.sent).toHaveLength(3);
  expect(transport.open).toBe(2);
  expect(sent.filter(({ outcome }) => outcome?.kind === 'accepted')).toHaveLength(1);
});

test('what has just arrived finds a place at once while a thousand replays wait', () => {
  const { ship, transport } = createDeliveryBench({ max_in_flight: 4 });
  for (let index = 0; index < 1000; index++) ship(`old-${index}`, replay);
  for (let index = 0; index < 3; index++) ship(`new-${index}`);
  const texts = transport.sent.map(({ parts }) => /(?:old|new)-\d+/.exec(Buffer.concat(parts).toString('latin1'))?.[0]);
  expect(texts).toEqual(['old-0', 'new-0', 'new-1', 'new-2']);
});

test('replays get their turn although live requests never cease', async () => {
  const { ship, transport } = createDeliveryBench({ max_in_flight: 1 });
  ship('new-0', suspect);
  const old = ship('old', replay);
  for (let index = 1; index < 6; index++) {
    ship(`new-${index}`, suspect);
    await transport.end(delivered);
  }
  expect(old.outcome).toEqual({ kind: 'accepted' });
});

test('replays do not fill the queue: what has just arrived is still taken', async () => {
  const { ship, transport } = createDeliveryBench({ max_in_flight: 1, queue: { max_requests: 2 } });
  for (let index = 0; index < 10; index++) ship(`old-${index}`, replay);
  const live = ship('new');
  await settled();
  expect(live.outcome).toBeUndefined();
  await transport.end(failed(), delivered);
  expect(live.outcome?.kind).not.toBe('retry');
});
