import { checkFlat, checkKeyValue } from './any-value.ts';
import { type ItemRows } from './columns/item-rows.ts';
import { type Cursor } from './cursor.ts';
import { type SymbolTable } from './symbol-table.ts';

/** What differs between the signals: reading one span, metric or log record, from the cursor to `stop`. */
export interface ItemScanner {
  readonly rows: ItemRows;
  scanItem(stop: number): void;
}

export interface ResourceRows {
  /** Row of a resource among those of the request, or -1 when the request brought too many. The message is known to be well formed. */
  rowOf(message: Uint8Array): number;
}

interface Parts {
  readonly cursor: Cursor;
  readonly symbols: SymbolTable;
  readonly resources: ResourceRows;
}

const REQUEST = 0;
const RESOURCE_BLOCK = REQUEST + 1;
const SCOPE_BLOCK = RESOURCE_BLOCK + 1;
/** Depth of a span, metric or log record: how many messages enclose it. */
export const ITEM = SCOPE_BLOCK + 1;

/**
 * Walks an export request down to its items. The three signals number these fields alike:
 * request { resource block 1 }, resource block { resource 1, scope block 2 }, scope block { scope 1, item 2 }.
 * A resource or scope may stand behind its items or be given in parts, so it is written to their rows when its block ends.
 */
export class Envelope {
  readonly #cursor: Cursor;
  readonly #symbols: SymbolTable;
  readonly #resources: ResourceRows;

  constructor({ cursor, symbols, resources }: Parts) {
    this.#cursor = cursor;
    this.#symbols = symbols;
    this.#resources = resources;
  }

  scan(scanner: ItemScanner): void {
    const cursor = this.#cursor;
    const end = cursor.bytes.length;
    while (cursor.at < end) {
      if (cursor.next(end) === 0x0a) this.#resourceBlock(scanner, cursor.enter());
    }
  }

  #resourceBlock(scanner: ItemScanner, end: number): void {
    const cursor = this.#cursor;
    const { rows } = scanner;
    const first = rows.count;
    let message: Uint8Array | undefined;
    while (cursor.at < end) {
      const tag = cursor.next(end);
      if (tag === 0x12) this.#scopeBlock(scanner, cursor.enter());
      else if (tag === 0x0a) message = merged(message, this.#resource(cursor.enter()));
    }
    if (rows.count === first) return;
    const row = this.#resources.rowOf(message ?? noResource);
    if (row === -1) rows.drop(first);
    else rows.resource.fill(row, first, rows.count);
  }

  /** Resource { attribute 1, entity reference 3 }. */
  #resource(end: number): Uint8Array {
    const cursor = this.#cursor;
    const start = cursor.at;
    while (cursor.at < end) {
      const tag = cursor.next(end);
      if (tag === 0x0a) checkKeyValue(cursor, cursor.enter(), RESOURCE_BLOCK + 2);
      else if (tag === 0x1a) checkFlat(cursor, cursor.enter());
    }
    return cursor.bytes.subarray(start, end);
  }

  #scopeBlock(scanner: ItemScanner, end: number): void {
    const cursor = this.#cursor;
    const { rows } = scanner;
    const first = rows.count;
    let scope = 0;
    while (cursor.at < end) {
      const tag = cursor.next(end);
      if (tag === 0x12) scanner.scanItem(cursor.enter());
      else if (tag === 0x0a) scope = this.#scopeName(cursor.enter(), scope);
    }
    rows.scopeName.fill(scope, first, rows.count);
  }

  /** InstrumentationScope { name 1, attribute 3 }. */
  #scopeName(end: number, before: number): number {
    const cursor = this.#cursor;
    let name = before;
    while (cursor.at < end) {
      const tag = cursor.next(end);
      if (tag === 0x0a) name = this.#symbols.internBytes(cursor.bytes, cursor.start, cursor.at);
      else if (tag === 0x1a) checkKeyValue(cursor, cursor.enter(), SCOPE_BLOCK + 2);
    }
    return name;
  }
}

const noResource = new Uint8Array(0);

/** Protobuf merges a message given in parts by reading their bytes one after the other. */
function merged(before: Uint8Array | undefined, message: Uint8Array): Uint8Array {
  return before === undefined ? message : Buffer.concat([before, message]);
}
