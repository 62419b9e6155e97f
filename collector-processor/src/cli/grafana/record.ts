import { readFileSync, rmSync } from 'node:fs';
import { codeOf, messageOf } from '../../runtime/errors.ts';
import { writeSecret } from '../secret-file.ts';
import { failed } from './grafana-admin.ts';
import type { Made } from './part.ts';

const VERSION = 1;

/** What installations have made in one Grafana, oldest first. It holds no secret. */
export interface InstallRecord {
  readonly version: number;
  readonly url: string;
  readonly made: readonly Made[];
}

/** Empty when there is no such file. */
export function readRecord(file: string, url: string): InstallRecord {
  const record = parsed(file);
  if (record === undefined) return { version: VERSION, url, made: [] };
  if (record.version !== VERSION) throw failed(`${file} is not a record of this release.`);
  if (record.url !== url) throw failed(`${file} is the record of ${record.url}. Name another with --record.`);
  return record;
}

function parsed(file: string): InstallRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as InstallRecord;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw failed(`${file} cannot be read: ${messageOf(error)}.`);
  }
}

/** Written after each thing; an empty record is no file. */
export function writeRecord(file: string, record: InstallRecord): void {
  if (record.made.length === 0) rmSync(file, { force: true });
  else writeSecret(file, `${JSON.stringify(record, null, 2)}\n`);
}
