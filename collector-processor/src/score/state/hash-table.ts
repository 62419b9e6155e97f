const WIDTH = 4;
const HIGH = 1;
const VALUE = 2;

/**
 * 64-bit hash → small number. Open addressing with linear probing at a load of at most two thirds; removal moves later
 * entries back, so that no tombstones pile up. Sized once for its bound: the operating system gives memory only to pages
 * that are written, so an empty table of a million entries costs next to nothing and nothing is ever rehashed.
 */
export class HashTable {
  readonly capacity: number;
  private readonly mask: number;
  /** Four numbers a place, in one cache line: the halves of the hash, and value + 1; 0 is a free place. */
  private readonly places: Int32Array;
  private count = 0;

  constructor(maximum: number) {
    this.capacity = maximum;
    const places = 2 ** Math.ceil(Math.log2(Math.max(8, maximum * 1.5)));
    this.mask = places - 1;
    this.places = new Int32Array(places * WIDTH);
  }

  get size(): number {
    return this.count;
  }

  /** -1 when absent. */
  get(low: number, high: number): number {
    return (this.places[this.at(low, high) + VALUE] as number) - 1;
  }

  /** False when the table is full. */
  set(low: number, high: number, value: number): boolean {
    const { places } = this;
    const at = this.at(low, high);
    if (places[at + VALUE] === 0) {
      if (this.count >= this.capacity) return false;
      this.count++;
      places[at] = low;
      places[at + HIGH] = high;
    }
    places[at + VALUE] = value + 1;
    return true;
  }

  delete(low: number, high: number): void {
    const { mask, places } = this;
    const from = this.at(low, high);
    if (places[from + VALUE] === 0) return;
    this.count--;
    let hole = from / WIDTH;
    for (let next = (hole + 1) & mask; places[next * WIDTH + VALUE] !== 0; next = (next + 1) & mask) {
      const home = (places[next * WIDTH] as number) & mask;
      if (((next - home) & mask) < ((next - hole) & mask)) continue;
      places.copyWithin(hole * WIDTH, next * WIDTH, (next + 1) * WIDTH);
      hole = next;
    }
    places[hole * WIDTH + VALUE] = 0;
  }

  clear(): void {
    this.places.fill(0);
    this.count = 0;
  }

  /** Where the hash stands, or would. */
  private at(low: number, high: number): number {
    const { mask, places } = this;
    let at = (low & mask) * WIDTH;
    while (places[at + VALUE] !== 0 && (places[at] !== (low | 0) || places[at + HIGH] !== (high | 0)))
      at = (at + WIDTH) & (mask * WIDTH);
    return at;
  }
}
