import { basename, dirname } from 'node:path';
import type { AppendFile, Files, ReadFile } from '../files.ts';

interface Stored {
  bytes: Buffer;
  synced: number;
}

export type Operation =
  'create' | 'append' | 'datasync' | 'syncFolder' | 'rename' | 'remove' | 'overwrite' | 'truncate' | 'open' | 'read';

/** A disk in memory that fails when it is told to, and can lose everything that was not synced. */
export class MemoryFiles implements Files {
  readonly stored = new Map<string, Stored>();
  /** Operations in their order, as `append segment-…`. */
  readonly log: string[] = [];
  /** Asked before each operation: an error is what it rejects with; a number is how many bytes of an append get through. */
  fault: (operation: Operation, path: string) => Error | number | undefined = () => undefined;
  /** Files that were opened and not closed. */
  openForReading = 0;
  /** What `datasync` waits for. */
  beforeSync: () => Promise<void> = () => Promise.resolve();

  text(path: string): Buffer {
    const found = this.stored.get(path);
    if (found === undefined) throw fault('ENOENT', path);
    return found.bytes;
  }

  names(): string[] {
    return [...this.stored.keys()].map((path) => basename(path)).sort();
  }

  /** Cuts every file back to its last fdatasync. */
  losePower(): void {
    for (const file of this.stored.values()) file.bytes = file.bytes.subarray(0, file.synced);
  }

  makeFolder(): Promise<void> {
    return Promise.resolve();
  }

  list(folder: string): Promise<string[]> {
    return Promise.resolve(
      [...this.stored.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path)),
    );
  }

  /** Whoever starts anew on it has died before. */
  lock(): Promise<() => void> {
    return Promise.resolve(() => undefined);
  }

  async create(path: string): Promise<AppendFile> {
    await this.#begin('create', path);
    if (this.stored.has(path)) throw fault('EEXIST', path);
    const file: Stored = { bytes: Buffer.alloc(0), synced: 0 };
    this.stored.set(path, file);
    return {
      append: async (parts) => {
        const some = await this.#begin('append', path);
        const whole = Buffer.concat(parts);
        file.bytes = Buffer.concat([file.bytes, some === undefined ? whole : whole.subarray(0, some)]);
        if (some !== undefined) throw fault('ENOSPC', path);
      },
      datasync: async () => {
        await this.beforeSync();
        await this.#begin('datasync', path);
        file.synced = file.bytes.length;
      },
      close: () => Promise.resolve(),
    };
  }

  async open(path: string): Promise<ReadFile> {
    await this.#begin('open', path);
    const { length } = this.text(path);
    this.openForReading++;
    return {
      size: length,
      read: async (offset, count) => {
        await this.#begin('read', path);
        return this.text(path).subarray(offset, offset + count);
      },
      close: () => {
        this.openForReading--;
        return Promise.resolve();
      },
    };
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#begin('rename', to);
    const file = this.stored.get(from);
    if (file === undefined) throw fault('ENOENT', from);
    this.stored.delete(from);
    this.stored.set(to, file);
  }

  async remove(path: string): Promise<void> {
    await this.#begin('remove', path);
    if (!this.stored.delete(path)) throw fault('ENOENT', path);
  }

  async overwrite(path: string, bytes: Uint8Array): Promise<void> {
    const some = await this.#begin('overwrite', path);
    const file = this.stored.get(path);
    if (file === undefined) throw fault('ENOENT', path);
    const written = bytes.subarray(0, some ?? bytes.length);
    file.bytes = Buffer.concat([written, file.bytes.subarray(written.length)]);
    file.synced = file.bytes.length;
    if (some !== undefined) throw fault('ENOSPC', path);
  }

  async truncate(path: string, length: number): Promise<void> {
    await this.#begin('truncate', path);
    const file = this.stored.get(path);
    if (file === undefined) throw fault('ENOENT', path);
    file.bytes = file.bytes.subarray(0, length);
    file.synced = Math.min(file.synced, length);
  }

  async syncFolder(folder: string): Promise<void> {
    await this.#begin('syncFolder', folder);
  }

  #begin(operation: Operation, path: string): Promise<number | undefined> {
    this.log.push(`${operation} ${basename(path)}`);
    const wrong = this.fault(operation, path);
    if (typeof wrong === 'object') return Promise.reject(wrong);
    return Promise.resolve(wrong);
  }
}

export function fault(code: string, path = ''): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
