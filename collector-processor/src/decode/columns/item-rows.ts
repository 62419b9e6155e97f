import { type Resource } from '../../model/resource.ts';
import { type Symbols } from '../../model/symbols.ts';
import { resized } from './resized.ts';

export interface RowLimits {
  /** Items of one request that are kept. */
  readonly maxItems: number;
  /** Links, exemplars, bucket counts and bounds of one request that are kept, each. */
  readonly maxDetails: number;
}

const INITIAL_ROWS = 1024;
const BATCHES_BEFORE_SHRINKING = 256;
const nothing = new Uint8Array(0);

/** The columns that all signals have, and how columns grow. Buffers are kept from batch to batch. */
export abstract class ItemRows {
  count = 0;
  skipped = 0;
  /** Links, exemplars and histograms that found no room. */
  skippedDetails = 0;
  payload: Uint8Array = nothing;
  resources: readonly Resource[] = [];
  readonly symbols: Symbols;
  resource = new Int32Array(0);
  scopeName = new Int32Array(0);
  itemStart = new Int32Array(0);
  itemEnd = new Int32Array(0);
  protected readonly limits: RowLimits;
  #capacity = 0;
  /** Most rows of a batch since the columns were last shrunk or found too small to be. */
  #peak = 0;
  #batches = 0;

  constructor(symbols: Symbols, limits: RowLimits) {
    this.symbols = symbols;
    this.limits = limits;
  }

  begin(payload: Uint8Array, resources: readonly Resource[]): void {
    this.payload = payload;
    this.resources = resources;
    this.#shrink();
    this.count = 0;
    this.skipped = 0;
    this.skippedDetails = 0;
  }

  /** Lets go of the payload. */
  end(): void {
    this.#peak = Math.max(this.#peak, this.count);
    this.count = 0;
    this.payload = nothing;
    this.resources = [];
  }

  /** The row to fill next. At the limit it is a spare one behind the last, filled and forgotten. */
  next(): number {
    if (this.count === this.#capacity) {
      this.#setCapacity(Math.min(this.limits.maxItems + 1, Math.max(INITIAL_ROWS, this.#capacity * 2)));
    }
    return this.count;
  }

  /** The row that was filled is complete. */
  commit(start: number, end: number): void {
    this.itemStart[this.count] = start;
    this.itemEnd[this.count] = end;
    if (this.count < this.limits.maxItems) this.count++;
    else this.skipped++;
  }

  /** Gives up the rows from `first` on. */
  drop(first: number): void {
    this.skipped += this.count - first;
    this.count = first;
  }

  protected resize(rows: number): void {
    this.resource = resized(this.resource, rows);
    this.scopeName = resized(this.scopeName, rows);
    this.itemStart = resized(this.itemStart, rows);
    this.itemEnd = resized(this.itemEnd, rows);
  }

  #setCapacity(rows: number): void {
    this.#capacity = rows;
    this.resize(rows);
  }

  #shrink(): void {
    if (++this.#batches < BATCHES_BEFORE_SHRINKING) return;
    const enough = Math.max(INITIAL_ROWS, this.#peak * 2);
    if (enough * 2 <= this.#capacity) this.#setCapacity(enough);
    this.#batches = 0;
    this.#peak = 0;
  }
}
