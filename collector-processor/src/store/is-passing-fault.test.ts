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
  ['a bug', new TypeError('x is not a function'), false],
  ['nothing', undefined, false],
])('%s: %j passes: %s', (_name, error, passes) => {
  expect(isPassingFault(error)).toBe(passes);
});
