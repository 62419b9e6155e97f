import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { codeOf, messageOf, SentinelError } from '../runtime/errors.ts';

/** Owner and group: programs that share a secret in a volume share a group. */
const MODE = 0o640;

/** Empty when there is no such file. */
export function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw new SentinelError('SENTINEL_USAGE', `${file} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

/** Replaces the file as a whole. */
export function writeSecret(file: string, secret: string): void {
  try {
    const draft = `${file}.new`;
    writeFileSync(draft, secret, { mode: MODE });
    // The mode of a new file is cut by the mask of the process.
    chmodSync(draft, MODE);
    renameSync(draft, file);
  } catch (error) {
    throw new SentinelError('SENTINEL_USAGE', `${file} cannot be written: ${messageOf(error)}.`, { cause: error });
  }
}
