/**
 * 64-bit hash → small number. Open addressing with linear probing at a load of at most two thirds; removal moves later
 * entries back, so that no tombstones pile up. Sized once for its bound: the operating system gives memory only to pages
 * that are written, so an empty table of a million entries costs next to nothing and nothing is ever rehashed.
 */
export class HashTable {
  readonly capacity: number;
  private readonly mask: number;
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  /** Value + 1; 0 is a free place. */
  private readonly values: Int32Array;
  private count = 0;

  constructor(maximum: number) {
    this.capacity = maximum;
    const places = 2 ** Math.ceil(Math.log2(Math.max(8, maximum * 1.5)));
    this.mask = places - 1;
    this.lows = new Int32Array(places);
    this.highs = new Int32Array(places);
    this.values = new Int32Array(places);
  }

  get size(): number {
    return this.count;
  }

  /** -1 when absent. */
  get(low: number, high: number): number {
    return (this.values[this.place(low, high)] as number) - 1;
  }

  /** False when the table is full. */
  set(low: number, high: number, value: number): boolean {
    const place = this.place(low, high);
    if (this.values[place] === 0) {
      if (this.count >= this.capacity) return false;
      this.count++;
      this.lows[place] = low;
      this.highs[place] = high;
    }
    this.values[place] = value + 1;
    return true;
  }

  delete(low: number, high: number): void {
    let hole = this.place(low, high);
    if (this.values[hole] === 0) return;
    this.count--;
    for (let next = (hole + 1) & this.mask; this.values[next] !== 0; next = (next + 1) & this.mask) {
      const home = (this.lows[next] as number) & this.mask;
      if (((next - home) & this.mask) < ((next - hole) & this.mask)) continue;
      this.lows[hole] = this.lows[next] as number;
      this.highs[hole] = this.highs[next] as number;
      this.values[hole] = this.values[next] as number;
      hole = next;
    }
    this.values[hole] = 0;
  }

  clear(): void {
    this.values.fill(0);
    this.count = 0;
  }

  private place(low: number, high: number): number {
    const { mask, lows, highs, values } = this;
    let place = low & mask;
    while (values[place] !== 0 && (lows[place] !== (low | 0) || highs[place] !== (high | 0)))
      place = (place + 1) & mask;
    return place;
  }
}
