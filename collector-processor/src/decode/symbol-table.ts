import { ABSENT, OVERFLOW, OVERFLOW_TEXT, type Symbols } from '../model/symbols.ts';

export interface SymbolLimits {
  /** Distinct strings that are kept. */
  readonly maxSymbols: number;
  /** Longest string that is kept, in UTF-8 bytes. */
  readonly maxSymbolLength: number;
}

/** Number of the first string. */
export const FIRST_SYMBOL = 2;
/** Share of the room for free strings that a request should find empty. */
const RESERVE = 1 / 8;
/** At half load chains stay far shorter, unless somebody sends strings that are made to collide. */
const MOST_PROBES = 512;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Strings found by a hash of their bytes: on a hit nothing is decoded and nothing allocated. What senders make up freely
 * (span names, attribute values) may fill three quarters, so that names of metrics, scopes and severities still find room.
 *
 * Names with ids in them never end, so a table that only fills would soon tell nothing new apart, of nobody. Before a
 * request that would find little room it therefore starts anew, as its next generation: what is still sent comes back
 * with its next item, the rest is gone. That costs nothing per item; a new generation costs about as much as reading a
 * few hundred items, and comes at the earliest after tens of thousands of new strings.
 */
export class SymbolTable implements Symbols {
  overflowed = 0;
  generation = 0;
  #count = FIRST_SYMBOL;
  readonly #limits: SymbolLimits;
  readonly #freeLimit: number;
  /** Open addressing, two numbers a slot: the symbol, 0 when the slot is free, and the hash of its text. */
  readonly #slots: Int32Array;
  readonly #mask: number;
  /** Symbol i is arena[starts[i], starts[i + 1]). */
  readonly #starts: Int32Array;
  readonly #texts: (string | undefined)[] = ['', OVERFLOW_TEXT];
  #arena = new DataView(new ArrayBuffer(65_536));
  #source: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#source.buffer);

  constructor(limits: SymbolLimits) {
    this.#limits = limits;
    this.#freeLimit = Math.floor(limits.maxSymbols * 0.75);
    const slots = 2 ** Math.ceil(Math.log2((limits.maxSymbols + FIRST_SYMBOL) * 2));
    this.#slots = new Int32Array(slots * 2);
    this.#mask = slots - 1;
    this.#starts = new Int32Array(limits.maxSymbols + FIRST_SYMBOL + 1);
  }

  get size(): number {
    return this.#count - FIRST_SYMBOL;
  }

  /** To be called between two requests: makes room when there is little. */
  begin(): void {
    if (this.size <= this.#freeLimit * (1 - RESERVE)) return;
    this.generation++;
    this.#slots.fill(0);
    this.#texts.length = FIRST_SYMBOL;
    this.#count = FIRST_SYMBOL;
  }

  internBytes(bytes: Uint8Array, start: number, end: number): number {
    return this.#intern(bytes, start, end, this.#limits.maxSymbols);
  }

  /** For strings that senders make up freely. */
  internFree(bytes: Uint8Array, start: number, end: number): number {
    return this.#intern(bytes, start, end, this.#freeLimit);
  }

  intern(text: string): number {
    const bytes = encoder.encode(text);
    return this.internBytes(bytes, 0, bytes.length);
  }

  text(id: number): string {
    const known = this.#texts[id];
    if (known !== undefined) return known;
    if (id < 0 || id >= this.#count) return OVERFLOW_TEXT;
    const start = this.#starts[id] as number;
    const text = decoder.decode(new Uint8Array(this.#arena.buffer, start, (this.#starts[id + 1] as number) - start));
    this.#texts[id] = text;
    return text;
  }

  /** Symbols from number `first` on: their bytes one after the other, and where each of them ends. */
  textsFrom(first: number): { readonly bytes: Uint8Array; readonly ends: Int32Array } {
    const start = this.#starts[first] as number;
    const ends = this.#starts.slice(first + 1, this.#count + 1).map((end) => end - start);
    return { bytes: new Uint8Array(this.#arena.buffer, start, ends.at(-1) ?? 0), ends };
  }

  #intern(bytes: Uint8Array, start: number, end: number, limit: number): number {
    if (start === end) return ABSENT;
    if (end - start > this.#limits.maxSymbolLength) return this.#overflow();
    if (bytes !== this.#source) {
      this.#source = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const wanted = hashOf(this.#view, start, end);
    let slot = wanted & this.#mask;
    for (let probes = 0; probes < MOST_PROBES; probes++) {
      const id = this.#slots[slot * 2] as number;
      if (id === 0) return this.#count - FIRST_SYMBOL < limit ? this.#add(start, end, wanted, slot) : this.#overflow();
      if (this.#slots[slot * 2 + 1] === wanted && this.#equals(id, start, end)) return id;
      slot = (slot + 1) & this.#mask;
    }
    return this.#overflow();
  }

  #equals(id: number, start: number, end: number): boolean {
    const from = this.#starts[id] as number;
    const length = end - start;
    if ((this.#starts[id + 1] as number) - from !== length) return false;
    const view = this.#view;
    const arena = this.#arena;
    if (length < 4) {
      for (let i = 0; i < length; i++) if (view.getUint8(start + i) !== arena.getUint8(from + i)) return false;
      return true;
    }
    const last = length - 4;
    for (let i = 0; i < last; i += 4) {
      if (view.getInt32(start + i, true) !== arena.getInt32(from + i, true)) return false;
    }
    return view.getInt32(start + last, true) === arena.getInt32(from + last, true);
  }

  #add(start: number, end: number, hash: number, slot: number): number {
    const id = this.#count++;
    this.#texts.push(undefined);
    const from = this.#starts[id] as number;
    const to = from + end - start;
    if (to > this.#arena.byteLength) this.#growArena(to);
    new Uint8Array(this.#arena.buffer).set(this.#source.subarray(start, end), from);
    this.#starts[id + 1] = to;
    this.#slots[slot * 2] = id;
    this.#slots[slot * 2 + 1] = hash;
    return id;
  }

  #growArena(needed: number): void {
    const larger = new ArrayBuffer(Math.max(needed, this.#arena.byteLength * 2));
    new Uint8Array(larger).set(new Uint8Array(this.#arena.buffer));
    this.#arena = new DataView(larger);
  }

  #overflow(): number {
    this.overflowed++;
    return OVERFLOW;
  }
}

function hashOf(view: DataView, start: number, end: number): number {
  const length = end - start;
  let hash = length;
  if (length < 4) {
    for (let at = start; at < end; at++) hash = (hash << 8) | view.getUint8(at);
  } else {
    for (let at = start; at < end - 4; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0xcc9e2d51);
      hash = (hash << 13) | (hash >>> 19);
    }
    hash ^= view.getInt32(end - 4, true);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return hash ^ (hash >>> 15);
}
