import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../../src/runtime/errors.ts';

const PREFIX = 'sentinel-demo-';

/** A folder for what Sentinel writes during the demo. Its name holds our process id, so that leftovers are recognised. */
export function createWorkFolder(parent = tmpdir()): string {
  return mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Folders of demos that were killed so hard that nobody could tidy up. */
export function removeLeftovers(parent = tmpdir()): string[] {
  const leftovers = readdirSync(parent).filter((name) => name.startsWith(PREFIX) && !isRunning(processIdIn(name)));
  for (const name of leftovers) removeFolder(join(parent, name));
  return leftovers;
}

function processIdIn(name: string): number {
  return Number.parseInt(name.slice(PREFIX.length), 10);
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
