import { writeFileSync } from 'node:fs';
import { messageOf, SentinelError } from '../runtime/errors.ts';

/** For its owner's eyes, and never over a file that is there. Throws SENTINEL_FILE_UNWRITABLE. */
export function writeNewFile(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new SentinelError('SENTINEL_FILE_UNWRITABLE', messageOf(error), { cause: error });
  }
}
