import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LedgerLine, readLedger } from './ledger.ts';

interface CutParts {
  /** Folders with the files of the log. */
  readonly folders: readonly string[];
  readonly ledger: string;
  readonly random: () => number;
}

/**
 * Leaves on disk what a power cut might. Half of the time the least that was promised: every file as long as at its last
 * fdatasync, every name as at the last sync of its folder. Otherwise some of what came after has got there too: the first
 * few names, and a part of the bytes, with garbage at their end.
 */
export function cutPower({ folders, ledger, random }: CutParts): void {
  const isStrict = random() < 0.5;
  const lines = existsSync(ledger) ? readLedger(ledger) : [];
  const synced = new Map<string, number>();
  for (const line of lines) if (line.op === 'synced') synced.set(line.id, line.length);
  const tail = isStrict ? undefined : random;
  for (const [path, kept] of unsafeBytes(lines)) mixIn(path, kept, tail);
  for (const folder of folders) {
    const names = unsafeNames(lines, folder);
    const survive = isStrict ? 0 : Math.floor(random() * (names.length + 1));
    const undone = names.slice(survive);
    for (const line of undone.toReversed()) undo(line);
    cutFiles(folder, idsByPath(lines, folder, undone), (path, id) => cutFile(path, synced.get(id) ?? 0, tail));
  }
  rmSync(ledger, { force: true });
}

/** What this life did not create was safe before it. */
function cutFiles(folder: string, ids: ReadonlyMap<string, string>, cut: (path: string, id: string) => void): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const id = ids.get(path);
    if (id !== undefined) cut(path, id);
  }
}

type NameLine = Extract<LedgerLine, { op: 'create' | 'rename' | 'remove' }>;

function unsafeNames(lines: readonly LedgerLine[], folder: string): NameLine[] {
  const own = lines.filter((line) => folderOf(line) === folder);
  const safe = own.findLastIndex(({ op }) => op === 'folder');
  return own.slice(safe + 1).filter(isNameLine);
}

function isNameLine(line: LedgerLine): line is NameLine {
  return line.op === 'create' || line.op === 'rename' || line.op === 'remove';
}

/** What stood in files that were being written over, as it was last safe. */
function unsafeBytes(lines: readonly LedgerLine[]): ReadonlyMap<string, string> {
  const kept = new Map<string, string>();
  for (const line of lines) {
    if (line.op === 'overwritten') kept.delete(line.path);
    else if (line.op === 'overwrite' && !kept.has(line.path)) kept.set(line.path, line.kept);
  }
  return kept;
}

/** The old bytes, or the first few of the new ones before them. */
function mixIn(path: string, kept: string, random: (() => number) | undefined): void {
  if (!existsSync(path)) return;
  const [now, before] = [readFileSync(path), readFileSync(kept)];
  const newBytes = random === undefined ? 0 : Math.floor(random() * (now.length + 1));
  writeFileSync(path, Buffer.concat([now.subarray(0, newBytes), before.subarray(newBytes)]));
}

function folderOf(line: LedgerLine): string | undefined {
  switch (line.op) {
    case 'create':
    case 'remove':
      return dirname(line.path);
    case 'rename':
      return dirname(line.to);
    case 'folder':
      return line.folder;
    case 'synced':
    case 'overwrite':
    case 'overwritten':
      return undefined;
  }
}

/** The operation may not have happened: it was noted before. */
function undo(line: NameLine): void {
  if (line.op === 'create') rmSync(line.path, { force: true });
  else if (line.op === 'remove') restore(line.kept, line.path);
  else if (!existsSync(line.from)) {
    renameSync(line.to, line.from);
    if (line.kept !== undefined) restore(line.kept, line.to);
  }
}

function restore(kept: string, path: string): void {
  if (!existsSync(path)) renameSync(kept, path);
}

/** Which file each name stands for once the undone operations are out of the way. */
function idsByPath(lines: readonly LedgerLine[], folder: string, undone: readonly NameLine[]): Map<string, string> {
  const ids = new Map<string, string>();
  for (const line of lines) {
    if (folderOf(line) !== folder || undone.some((other) => other === line)) continue;
    if (line.op === 'create') ids.set(line.path, line.id);
    else if (line.op === 'remove') ids.delete(line.path);
    else if (line.op === 'rename') {
      const id = ids.get(line.from);
      ids.delete(line.from);
      if (id === undefined) ids.delete(line.to);
      else ids.set(line.to, id);
    }
  }
  return ids;
}

function cutFile(path: string, safe: number, random: (() => number) | undefined): void {
  const { size } = statSync(path);
  if (size <= safe) return;
  const bytes = readFileSync(path);
  const length = random === undefined ? safe : safe + Math.floor(random() * (size - safe + 1));
  const left = bytes.subarray(0, length);
  if (random !== undefined && random() < 0.5) {
    for (let at = safe; at < length; at++) if (random() < 0.01) left[at] = Math.floor(random() * 256);
  }
  writeFileSync(path, left);
}
