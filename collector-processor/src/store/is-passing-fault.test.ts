import { expect, test } from '@jest/globals';
import { isPassingFault } from './is-passing-fault.ts';

test.each([
  ['a locked SQLite file', { errcode: 5 }, true],
  ['a lock with an extended code', { errcode: 517 }, true],
  ['a full disk', { errcode: 13 }, true],
  ['a unique clash in SQLite', { errcode: 2067 }, false],
  ['a lost PostgreSQL connection', { code: '08006' }, true],
  ['a PostgreSQL deadlock', { code: '40P01' }, true],
  ['a PostgreSQL server that shuts down', { code: '57P01' }, true],
  ['a unique clash in PostgreSQL', { code: '23505' }, false],
  ['a state that the driver gave', { code: 'SENTINEL_STORE_FAILED', sqlState: '57P03' }, true],
  ['a server that became read-only', { sqlState: '25006' }, true],
  ['a transaction that slept too long', { sqlState: '25P03' }, true],
  ['a connection that broke before', { sqlState: '', message: 'Client is not queryable' }, true],
  ['no server', { code: 'SENTINEL_STORE_FAILED', sqlState: 'ECONNREFUSED' }, true],
  ['a connection that ended', { code: 'SENTINEL_STORE_FAILED', sqlState: '', message: 'Connection terminated' }, true],
  ['a wrong statement', { code: 'SENTINEL_STORE_FAILED', sqlState: '42601', message: 'syntax error' }, false],
  ['a bug', new TypeError('x is not a function'), false],
  ['nothing', undefined, false],
])('%s: %j passes: %s', (_name, error, passes) => {
  expect(isPassingFault(error)).toBe(passes);
});
