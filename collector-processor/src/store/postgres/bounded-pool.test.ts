import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { isPassingFault } from '../is-passing-fault.ts';
import { boundedPool } from './bounded-pool.ts';

function world(answer: (statement: string, parameters: readonly unknown[]) => Promise<unknown>, waitingCount = 0) {
  const released: unknown[] = [];
  const client = Object.assign(new EventEmitter(), {
    query: answer,
    release: (destroy: unknown) => released.push(destroy),
  });
  const pool = { waitingCount, connect: () => Promise.resolve(client), end: () => Promise.resolve() };
  return { released, client, pool: boundedPool(pool as unknown as Pool, 3) };
}

test('the character 0, which PostgreSQL does not store, becomes the replacement character', async () => {
  const seen: unknown[] = [];
  const { pool } = world((_statement, parameters) => Promise.resolve(seen.push(...parameters)));
  await (await pool.connect()).query('insert', ['a\0b', 7, null]);
  expect(seen).toEqual(['a\uFFFDb', 7, null]);
});

test('who comes when as many wait as may is refused', async () => {
  await expect(world(() => Promise.resolve([]), 3).pool.connect()).rejects.toMatchObject({
    code: 'SENTINEL_STORE_BUSY',
  });
});

test('a statement that the server refuses leaves the connection in use', async () => {
  const { pool, released } = world(() => Promise.reject(Object.assign(new Error('duplicate key'), { code: '23505' })));
  const client = await pool.connect();
  const refused = { code: 'SENTINEL_STORE_FAILED', message: 'duplicate key', sqlState: '23505' };
  await expect(client.query('insert', [])).rejects.toMatchObject(refused);
  client.release();
  expect(released).toEqual([false]);
});

test('a connection that broke is thrown away, and what it was for may be tried again', async () => {
  const { pool, released } = world(() => Promise.reject(new Error('Connection terminated unexpectedly')));
  const client = await pool.connect();
  const fault: unknown = await client.query('select', []).catch((error: unknown) => error);
  client.release();
  expect(released).toEqual([true]);
  expect(isPassingFault(fault)).toBe(true);
});

test('a connection that the server ends between two statements ends nothing else, and is thrown away', async () => {
  const { pool, client, released } = world(() => Promise.resolve([]));
  const taken = await pool.connect();
  client.emit('error', new Error('terminating connection due to idle-in-transaction timeout'));
  taken.release();
  expect(released).toEqual([true]);
  expect(client.listenerCount('error')).toBe(0);
});
