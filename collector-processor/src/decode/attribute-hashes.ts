import { Attribute } from './attribute.ts';
import { type Cursor } from './cursor.ts';
import { Hash } from './hash.ts';

/** Attributes of one item that are remembered; more are hashed anew. */
const REMEMBERED = 32;
/** Numbers of one attribute: where it starts in the payload, its length, its hash. */
const WIDTH = 4;
const LENGTH = 1;
const LOW = 2;
const HIGH = 3;

/**
 * Hashes of attributes, one after the other. Most attributes of an item are the same, in the same place, as those of the item
 * before it; to see that takes a third of the time of reading and hashing them.
 */
export class AttributeHashes {
  /** Of the attribute that was read last. */
  low = 0;
  high = 0;
  readonly #cursor: Cursor;
  readonly #depth: number;
  readonly #attribute = new Attribute();
  readonly #hash = new Hash();
  readonly #known = new Int32Array(REMEMBERED * WIDTH);
  #view: DataView;
  #at = 0;

  /** `depth` is that of the attributes. */
  constructor(cursor: Cursor, depth: number) {
    this.#cursor = cursor;
    this.#depth = depth;
    this.#view = cursor.view;
  }

  /** The next attribute is the first one of an item. */
  begin(): void {
    this.#at = 0;
    if (this.#view === this.#cursor.view) return;
    this.#view = this.#cursor.view;
    this.#known.fill(0);
  }

  /** Reads the KeyValue that the cursor found. */
  read(): void {
    const known = this.#known;
    const { start, at: stop } = this.#cursor;
    const place = this.#at;
    if (place === REMEMBERED * WIDTH) {
      this.#readAnew();
      return;
    }
    this.#at = place + WIDTH;
    if (known[place + LENGTH] === stop - start && isSame(this.#view, known[place] as number, start, stop)) {
      this.low = known[place + LOW] as number;
      this.high = known[place + HIGH] as number;
    } else {
      this.#readAnew();
      known[place + LENGTH] = stop - start;
      known[place + LOW] = this.low;
      known[place + HIGH] = this.high;
    }
    known[place] = start;
  }

  #readAnew(): void {
    const { view } = this.#cursor;
    const attribute = this.#attribute;
    const hash = this.#hash;
    attribute.read(this.#cursor, this.#depth);
    hash.start();
    hash.add(view, attribute.keyStart, attribute.keyEnd);
    hash.addNumber(attribute.member);
    hash.add(view, attribute.valueStart, attribute.valueEnd);
    hash.finish();
    this.low = hash.low;
    this.high = hash.high;
  }
}

/** Four bytes a step, the last ones first, since values differ at their ends. Shorter ones count as different. */
function isSame(view: DataView, other: number, start: number, stop: number): boolean {
  const length = stop - start;
  if (length < 4 || view.getInt32(other + length - 4, true) !== view.getInt32(stop - 4, true)) return false;
  for (let at = 0; at < length - 4; at += 4) {
    if (view.getInt32(other + at, true) !== view.getInt32(start + at, true)) return false;
  }
  return true;
}
