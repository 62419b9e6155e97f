import { ABSENT, OVERFLOW } from '../../model/symbols.ts';
import { FIRST_SYMBOL, type SymbolTable } from '../symbol-table.ts';
import { type ReadBody } from './messages.ts';

/** Number of a symbol that nobody has asked for yet. */
const UNKNOWN = -1;
const FIRST_LENGTH = 1024;

/**
 * One generation of another thread's symbols, and which of this thread's they are. Their texts come with the bodies that
 * use them first; a number is looked up once, and again when this thread's table has started anew.
 */
export class RemoteSymbols {
  readonly generation: number;
  #ids = new Int32Array(FIRST_LENGTH).fill(UNKNOWN);
  #bytes = new Uint8Array(FIRST_LENGTH);
  /** Symbol i is bytes[starts[i], starts[i + 1]). */
  #starts = new Int32Array(FIRST_LENGTH);
  #count = FIRST_SYMBOL;
  #local: SymbolTable | undefined;
  #localGeneration = 0;

  constructor(generation: number) {
    this.generation = generation;
    this.#ids[ABSENT] = ABSENT;
    this.#ids[OVERFLOW] = OVERFLOW;
  }

  /** To be called with every body of this generation, in the order in which they were read. */
  learn({ memory, symbols: { start, ends } }: ReadBody): void {
    const before = this.#starts[this.#count] as number;
    const length = ends.at(-1) ?? 0;
    this.#reserve(this.#count + ends.length + 1, before + length);
    this.#bytes.set(new Uint8Array(memory, start, length), before);
    for (const end of ends) this.#starts[++this.#count] = before + end;
  }

  /** To be called before a body is translated: into numbers of this table, as it is now. */
  follow(local: SymbolTable): void {
    if (this.#local === local && this.#localGeneration === local.generation) return;
    this.#ids.fill(UNKNOWN, FIRST_SYMBOL);
    this.#local = local;
    this.#localGeneration = local.generation;
  }

  /** `free`: strings that senders make up freely. */
  translate(column: Int32Array, kind: 'name' | 'free'): void {
    const ids = this.#ids;
    for (let i = 0; i < column.length; i++) {
      const remote = column[i] as number;
      if (remote === ABSENT) continue;
      const known = ids[remote] as number;
      column[i] = known === UNKNOWN ? this.#lookUp(remote, kind) : known;
    }
  }

  #lookUp(remote: number, kind: 'name' | 'free'): number {
    const [start, end] = [this.#starts[remote] as number, this.#starts[remote + 1] as number];
    const local = this.#local;
    if (local === undefined) return OVERFLOW;
    const id = kind === 'free' ? local.internFree(this.#bytes, start, end) : local.internBytes(this.#bytes, start, end);
    this.#ids[remote] = id;
    return id;
  }

  #reserve(count: number, bytes: number): void {
    if (count > this.#ids.length) {
      const [ids, starts] = [this.#ids, this.#starts];
      this.#ids = new Int32Array(Math.max(count, ids.length * 2)).fill(UNKNOWN);
      this.#ids.set(ids);
      this.#starts = new Int32Array(this.#ids.length);
      this.#starts.set(starts);
    }
    if (bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
