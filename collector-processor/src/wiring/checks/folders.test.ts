import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadSettings } from '../../config/schema.ts';
import { checkFolders } from './folders.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-folders-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function problems(text: string): string[] {
  const result = loadSettings(text, { env: {}, readFile: () => '' }, [checkFolders]);
  return result.kind === 'settings' ? [] : result.problems.map(({ line, message }) => `${line}: ${message}`);
}

const log = (path: string): string => `forward: { write_ahead_log: { path: '${path}' } }`;
const store = (path: string): string => `store: { path: '${path}' }`;

test('a folder that is there, or can be made, is no fault, and is not made', () => {
  expect(problems(log(folder))).toEqual([]);
  expect(problems(log(join(folder, 'a', 'b')))).toEqual([]);
  expect(problems(store(join(folder, 'a', 'sentinel.db')))).toEqual([]);
  expect(() => rmSync(join(folder, 'a'))).toThrow('ENOENT');
});

test('neither a log that is off nor a store in memory needs one', () => {
  expect(problems(`${log('none')}\n${store(':memory:')}`)).toEqual([]);
});

test.each(['a', 'a/below', 'a/below/deeper'])('a file in the way of %s is named with the line', (path) => {
  writeFileSync(join(folder, 'a'), '');
  const expected = `1: ${join(folder, path)} cannot be used as a folder: ${join(folder, 'a')} is a file.`;
  expect(problems(log(join(folder, path)))).toEqual([expected]);
  expect(problems(store(join(folder, path, 'sentinel.db')))).toEqual([expected]);
});

// An administrator of the system may write everywhere.
const asUser = process.getuid?.() === 0 ? test.skip : test;

asUser('a folder that may not be written to is a fault', () => {
  mkdirSync(join(folder, 'a'));
  chmodSync(join(folder, 'a'), 0o500);
  expect(problems(log(join(folder, 'a', 'log')))).toEqual([expect.stringContaining('permission denied')]);
});
