import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Broker, startBroker } from './broker.ts';
import { createQueueClient, type QueueClient } from './queue-client.ts';

let broker: Broker;
let producer: QueueClient;
let consumer: QueueClient;

beforeEach(async () => {
  broker = await startBroker(() => Promise.resolve());
  const port = (): Promise<number> => Promise.resolve(broker.port);
  producer = createQueueClient(port);
  consumer = createQueueClient(port);
});

afterEach(async () => {
  producer.close();
  consumer.close();
  await broker.stop();
});

test('messages come out in the order in which they went in', async () => {
  for (const message of ['a', 'b', 'c']) await producer.publish(message);
  expect(broker.depth()).toBe(3);
  expect([await consumer.take(), await consumer.take(), await consumer.take()]).toEqual(['a', 'b', 'c']);
  expect([broker.depth(), broker.delivered()]).toEqual([0, 3]);
});

test('a consumer waits for the next message', async () => {
  const taken = consumer.take();
  await producer.publish('late "one"\n');
  expect(await taken).toBe('late "one"\n');
});

test('while nobody takes, the oldest message grows old', async () => {
  expect(broker.oldestAgeSeconds()).toBe(0);
  await producer.publish('a');
  const before = broker.oldestAgeSeconds();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(broker.oldestAgeSeconds()).toBeGreaterThan(before);
});

test('who waits when its connection closes is told so', async () => {
  const gone = expect(consumer.take()).rejects.toThrow('the order queue does not answer');
  await new Promise((resolve) => setImmediate(resolve));
  consumer.close();
  await gone;
});

test('without a broker a publisher is told, and connects again when there is one', async () => {
  const { port } = broker;
  await broker.stop();
  await expect(producer.publish('lost')).rejects.toThrow('the order queue does not answer');
  broker = await startBroker(() => Promise.resolve());
  expect(broker.port).not.toBe(port);
  await producer.publish('found');
  expect(await consumer.take()).toBe('found');
});
