import { openSync, readFileSync, writeSync } from 'node:fs';

/**
 * What a disk was asked to do and to make safe, in order; written by the child before (names) and after (data) it is done,
 * so that it never claims more than is true. `id` follows a file through its names; `kept` is a copy of what a name stood
 * for before.
 */
export type LedgerLine =
  | { readonly op: 'create'; readonly path: string; readonly id: string }
  | { readonly op: 'synced'; readonly id: string; readonly length: number }
  | { readonly op: 'rename'; readonly from: string; readonly to: string; readonly kept: string | undefined }
  | { readonly op: 'remove'; readonly path: string; readonly kept: string }
  /** In place: `kept` holds the bytes of before. */
  | { readonly op: 'overwrite'; readonly path: string; readonly kept: string }
  | { readonly op: 'overwritten'; readonly path: string }
  | { readonly op: 'folder'; readonly folder: string };

export function openLedger(path: string): (line: LedgerLine) => void {
  const file = openSync(path, 'a');
  return (line) => {
    writeSync(file, `${JSON.stringify(line)}\n`);
  };
}

/** A last line that was not written whole does not count. */
export function readLedger(path: string): LedgerLine[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop();
  return lines.map((line) => JSON.parse(line) as LedgerLine);
}
