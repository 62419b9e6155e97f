import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppendFile, Files } from '../../src/publish/wal/files.ts';
import { nodeFiles } from '../../src/publish/wal/node-files.ts';
import { openLedger } from './ledger.ts';

/** `good`, or what is wrong with the disk now. */
export type DiskMood = 'good' | 'full' | 'broken' | 'slow';

interface Disk {
  mood: DiskMood;
  /** So many of the next reads fail. */
  failingReads: number;
}

interface RecordingParts {
  readonly ledger: string;
  /** Folder for copies of what is renamed over or removed. */
  readonly attic: string;
  /** False takes fdatasync out: nothing is ever safe. */
  readonly syncs: boolean;
  readonly random: () => number;
  /** Bytes of the volume: what a write asks beyond them fails with ENOSPC, whatever the mood. */
  readonly volume?: number | undefined;
}

const SLOW_MS = 40;

/** The real file system, with a record of what it has made safe, and with the troubles that a disk can have. */
export function createRecordingFiles({ ledger, attic, syncs, random, volume = Infinity }: RecordingParts) {
  const note = openLedger(ledger);
  mkdirSync(attic, { recursive: true });
  const life = `${process.pid}-${Date.now()}`;
  let count = 0;
  // Some lives begin on a disk that does not read for a moment.
  const disk: Disk = { mood: 'good', failingReads: random() < 0.3 ? Math.ceil(random() * 2) : 0 };
  /** Of files that this life has created. */
  const ids = new Map<string, string>();
  const keep = (path: string): string => {
    const copy = join(attic, `${life}-${++count}`);
    linkSync(path, copy);
    return copy;
  };

  function spaceLeft(path: string): number {
    if (volume === Infinity) return Infinity;
    const folder = dirname(path);
    return readdirSync(folder).reduce((left, name) => left - statSync(join(folder, name)).size, volume);
  }

  async function trouble(): Promise<void> {
    if (disk.mood === 'slow') await delay(random() * SLOW_MS);
    if (disk.mood === 'broken' && random() < 0.5) throw Object.assign(new Error('EIO: broken'), { code: 'EIO' });
  }

  const files: Files = {
    ...nodeFiles,
    async create(path) {
      if ((disk.mood === 'full' && random() < 0.5) || spaceLeft(path) <= 0) throw full();
      const id = `${life}-${++count}`;
      note({ op: 'create', path, id });
      ids.set(path, id);
      return recorded(await nodeFiles.create(path), { path, id });
    },
    async open(path) {
      const file = await nodeFiles.open(path);
      return {
        ...file,
        size: file.size,
        async read(offset, length) {
          const fails = disk.failingReads > 0 || (disk.mood === 'broken' && random() < 0.2);
          if (disk.failingReads > 0) disk.failingReads--;
          if (fails) throw Object.assign(new Error('EIO: unreadable'), { code: 'EIO' });
          return file.read(offset, length);
        },
        close: () => file.close(),
      };
    },
    async rename(from, to) {
      await trouble();
      note({ op: 'rename', from, to, kept: existsSync(to) ? keep(to) : undefined });
      await nodeFiles.rename(from, to);
    },
    async overwrite(path, bytes) {
      const kept = join(attic, `${life}-${++count}`);
      copyFileSync(path, kept);
      note({ op: 'overwrite', path, kept });
      const isGrowing = bytes.length > statSync(path).size;
      if (isGrowing && (disk.mood === 'full' || spaceLeft(path) < bytes.length)) throw full();
      if (disk.mood === 'broken' && random() < 0.5) {
        await nodeFiles.overwrite(path, bytes.subarray(0, Math.floor(random() * bytes.length)));
        throw Object.assign(new Error('EIO: broken'), { code: 'EIO' });
      }
      await nodeFiles.overwrite(path, bytes);
      const id = ids.get(path);
      if (syncs) note({ op: 'overwritten', path });
      if (syncs && id !== undefined) note({ op: 'synced', id, length: statSync(path).size });
    },
    async remove(path) {
      note({ op: 'remove', path, kept: keep(path) });
      await nodeFiles.remove(path);
    },
    async syncFolder(folder) {
      await trouble();
      if (syncs) note({ op: 'folder', folder });
    },
  };

  function recorded(file: AppendFile, { path, id }: { path: string; id: string }): AppendFile {
    let length = 0;
    return {
      async append(parts) {
        const whole = Buffer.concat(parts);
        const fits = disk.mood === 'full' ? Math.floor(random() * whole.length) : spaceLeft(path);
        const some = fits < whole.length ? whole.subarray(0, Math.max(0, fits)) : whole;
        await file.append([some]);
        length += some.length;
        if (some !== whole) throw full();
      },
      async datasync() {
        await trouble();
        if (syncs) note({ op: 'synced', id, length });
      },
      close: () => file.close(),
    };
  }

  return { files, disk };
}

function full(): Error {
  return Object.assign(new Error('ENOSPC: full'), { code: 'ENOSPC' });
}
