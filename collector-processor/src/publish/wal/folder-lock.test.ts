import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { lockFolder } from './folder-lock.ts';

let folder = '';
const others: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => {
  for (const other of others.splice(0)) other.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Another process that holds the folder until it is killed, though it keeps nothing that could let go of it. */
async function holder() {
  const module = new URL('folder-lock.ts', `file://${import.meta.dirname}/`).href;
  const script = `const { lockFolder } = await import(${JSON.stringify(module)}); lockFolder(${JSON.stringify(folder)}); globalThis.gc(); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  others.push(child);
  await once(child.stdout, 'data');
  return child;
}

test('a second process is refused and told who has it; kill -9 leaves nothing behind', async () => {
  const other = await holder();
  expect(() => lockFolder(folder)).toThrow(
    expect.objectContaining({
      code: 'SENTINEL_FOLDER_IN_USE',
      message: expect.stringMatching(new RegExp(`in use by process ${other.pid} on .*write_ahead_log\\.path`)),
    }),
  );
  other.kill('SIGKILL');
  await once(other, 'exit');
  lockFolder(folder)();
});

test('who lets go of it can have it again, and nobody else can read it', () => {
  const release = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(`process ${process.pid}`);
  release();
  lockFolder(folder)();
  expect(['lock', 'lock.holder'].map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o600]);
});

test('a folder that is not there is said to be so', () => {
  expect(() => lockFolder(join(folder, 'none'))).toThrow('ENOENT');
});
