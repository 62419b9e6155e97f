import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { nodeFiles } from './node-files.ts';

test('segments, cursors and dead letters are for their owner alone, and so are their folders', async () => {
  const base = mkdtempSync(join(tmpdir(), 'files-'));
  const folder = join(base, 'write-ahead-log', 'dead-letters');
  const path = join(folder, '1.log');
  await nodeFiles.makeFolder(folder);
  await (await nodeFiles.create(path)).close();
  const modes = [join(base, 'write-ahead-log'), folder, path].map((place) => statSync(place).mode & 0o777);
  expect(modes).toEqual([0o700, 0o700, 0o600]);
  rmSync(base, { recursive: true });
});
