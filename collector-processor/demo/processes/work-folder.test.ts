import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createWorkFolder, removeFolder, removeLeftovers } from './work-folder.ts';

const DEAD_PROCESS = 2 ** 30;

test('folders of demos that are gone are removed, those that run and those of others are kept', () => {
  const parent = mkdtempSync(join(tmpdir(), 'work-folder-'));
  const ours = createWorkFolder(parent);
  mkdirSync(join(parent, `sentinel-demo-${DEAD_PROCESS}-abc`));
  mkdirSync(join(parent, 'somebody-else'));
  expect(removeLeftovers(parent)).toEqual([`sentinel-demo-${DEAD_PROCESS}-abc`]);
  expect(existsSync(ours)).toBe(true);
  expect(existsSync(join(parent, 'somebody-else'))).toBe(true);
  removeFolder(ours);
  expect(existsSync(ours)).toBe(false);
  rmSync(parent, { recursive: true });
});
