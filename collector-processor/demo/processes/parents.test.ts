import { expect, test } from '@jest/globals';
import { parentsOf, type ProcessFacts } from './parents.ts';

const processes = new Map<number, ProcessFacts>([
  [40, { parent: 30, commandLine: 'node\0tools/run.mjs\0' }],
  [30, { parent: 20, commandLine: 'sh\0-c\0node tools/run.mjs\0' }],
  [20, { parent: 10, commandLine: 'npm start --once\0' }],
  [10, { parent: 1, commandLine: '-bash\0' }],
]);
const lookUp = (pid: number): ProcessFacts | undefined => processes.get(pid);

test('whom we run for ends with npm', () => {
  expect(parentsOf(40, lookUp)).toEqual([40, 30, 20]);
});

test('npm that runs as a script of Node is npm too', () => {
  const script = { parent: 10, commandLine: 'node\0/usr/lib/node_modules/npm/bin/npm-cli.js\0start\0' };
  expect(parentsOf(40, (pid) => (pid === 20 ? script : processes.get(pid)))).toEqual([40, 30, 20]);
});

test('when npm is gone only the parent is left, which is a difference that shows', () => {
  const orphaned = { parent: 1, commandLine: 'sh\0-c\0node tools/run.mjs\0' };
  expect(parentsOf(40, (pid) => (pid === 30 ? orphaned : processes.get(pid)))).toEqual([40]);
});

test('started by hand, whatever is above the shell does not matter', () => {
  expect(parentsOf(10, lookUp)).toEqual([10]);
});

test('our own parent can be looked up', () => {
  expect(parentsOf(process.ppid)[0]).toBe(process.ppid);
});
