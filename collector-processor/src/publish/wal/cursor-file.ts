import { join } from 'node:path';
import { messageOf } from '../../runtime/errors.ts';
import { compacted, type Cursors, decodeCursors, encodeCursors, type WrittenCursors } from './cursors.ts';
import { type Files, patiently, reading } from './files.ts';
import type { LogMetrics } from './log-metrics.ts';

interface Slot {
  readonly name: string;
  /** Bytes that it has on disk. */
  bytes: number;
}

/** Bytes that a slot has from the beginning, and by which it grows. */
const STEP_BYTES = 16 * 1024;
/** Earlier releases renamed one file over the other. Where it stands, one of them was the last to run. */
const FORMER = 'cursors';

/**
 * All cursors in one small file, written in turns to two that keep their place on the disk: there is always a whole one,
 * and a disk that the log itself has filled lets them be written, so that the log can get free.
 */
export class CursorFile {
  readonly #files: Files;
  readonly #folder: string;
  readonly #metrics: LogMetrics;
  readonly #slots: readonly [Slot, Slot] = [
    { name: 'cursors.a', bytes: 0 },
    { name: 'cursors.b', bytes: 0 },
  ];
  /** Where the next ones go: never where the last ones are. */
  #turn: 0 | 1 = 0;
  #generation = 0;
  #prepared = false;
  #hasFormer = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(files: Files, folder: string, metrics: LogMetrics) {
    this.#files = files;
    this.#folder = folder;
    this.#metrics = metrics;
  }

  /**
   * `undefined` when there are none, or none that can be read; then everything in the log counts as owed. Of one that cannot
   * be read a copy is kept beside it.
   */
  async read(): Promise<Cursors | undefined> {
    const names = await this.#files.list(this.#folder);
    const [first, second] = this.#slots;
    const found = { first: await this.#readSlot(first, names), second: await this.#readSlot(second, names) };
    const isFirst = (found.first?.generation ?? -1) > (found.second?.generation ?? -1);
    const last = isFirst ? found.first : found.second;
    this.#turn = isFirst ? 1 : 0;
    this.#generation = last?.generation ?? 0;
    this.#hasFormer = names.includes(FORMER);
    const former = await this.#readSlot({ name: FORMER, bytes: 0 }, names);
    return former ?? last;
  }

  /** Asks for them when it is their turn; they are on disk, also after a power cut, when it resolves. */
  write(read: () => Cursors): Promise<void> {
    const writing = this.#writing.then(() => this.#write(read()));
    this.#writing = writing.catch(() => undefined); // Told to the caller.
    return writing;
  }

  async #write(cursors: Cursors): Promise<void> {
    await this.#prepare();
    const slot = this.#slots[this.#turn];
    const written = { ...cursors, generation: this.#generation + 1 };
    const bytes = encode(written, slot);
    try {
      await this.#overwrite(slot, bytes);
    } catch (error) {
      // They have outgrown a full disk.
      const fewer = encode(compacted(written), slot);
      if (fewer.length >= bytes.length) throw error;
      await this.#files.truncate(join(this.#folder, slot.name), slot.bytes);
      await this.#overwrite(slot, fewer);
    }
    this.#generation++;
    this.#turn = this.#turn === 0 ? 1 : 0;
    await this.#removeFormer();
  }

  /** Both get their bytes while the disk still has some. */
  async #prepare(): Promise<void> {
    if (this.#prepared) return;
    const names = await this.#files.list(this.#folder);
    for (const slot of this.#slots) {
      if (!names.includes(slot.name)) await (await this.#files.create(join(this.#folder, slot.name))).close();
      if (slot.bytes < STEP_BYTES) await this.#overwrite(slot, Buffer.alloc(STEP_BYTES, ' '));
    }
    await this.#files.syncFolder(this.#folder);
    this.#prepared = true;
  }

  async #overwrite(slot: Slot, bytes: Uint8Array): Promise<void> {
    await this.#files.overwrite(join(this.#folder, slot.name), bytes);
    slot.bytes = Math.max(slot.bytes, bytes.length);
  }

  async #removeFormer(): Promise<void> {
    if (!this.#hasFormer) return;
    await this.#files.remove(join(this.#folder, FORMER));
    await this.#files.syncFolder(this.#folder);
    this.#hasFormer = false;
  }

  async #readSlot(slot: Slot, names: readonly string[]): Promise<WrittenCursors | undefined> {
    if (!names.includes(slot.name)) return undefined;
    const path = join(this.#folder, slot.name);
    try {
      const bytes = await patiently(
        () => reading(this.#files, path, (file) => file.read(0, file.size)),
        this.#metrics.failed,
      );
      slot.bytes = bytes.length;
      const cursors = decodeCursors(bytes);
      if (!('reason' in cursors)) return cursors;
      // The other one was written last, or this one was being written when the process ended.
      if (!isBlank(bytes)) this.#metrics.cursorsUnreadable(path, cursors.reason, await this.#keepCopy(slot, bytes));
    } catch (error) {
      this.#metrics.cursorsUnreadable(path, messageOf(error));
    }
    return undefined;
  }

  /** It will be written over. Resolves to where the copy is; a copy from before gives way. */
  async #keepCopy({ name }: Slot, bytes: Uint8Array): Promise<string | undefined> {
    const path = join(this.#folder, `${name}.unread`);
    try {
      if ((await this.#files.list(this.#folder)).includes(`${name}.unread`)) await this.#files.remove(path);
      const copy = await this.#files.create(path);
      try {
        await copy.append([bytes]);
        await copy.datasync();
      } finally {
        await copy.close();
      }
      return path;
    } catch (error) {
      this.#metrics.failed(error);
      return undefined;
    }
  }
}

function encode(cursors: WrittenCursors, { bytes }: Slot): Uint8Array {
  return encodeCursors(cursors, { step: STEP_BYTES, leastBytes: bytes });
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20);
}
