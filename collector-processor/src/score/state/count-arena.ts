/**
 * Rows of 32-bit counts of different lengths: the last bucket counts of each cumulative histogram. Counts wrap around at
 * 2^32, which differences survive. Rows come in powers of two; a freed one is used again for its size. Bounded: when the
 * arena is full a histogram simply has no percentiles.
 */
export class CountArena {
  data = new Uint32Array(1024);
  private readonly maximum: number;
  private readonly freeBySize = new Map<number, number[]>();
  private used = 1;

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  /** Place of a zeroed row with room for `length` counts; 0 when there is no room. */
  allocate(length: number): number {
    const size = sizeFor(length);
    const free = this.freeBySize.get(size)?.pop();
    if (free !== undefined) {
      this.data.fill(0, free, free + size);
      return free;
    }
    if (this.used + size > this.maximum) return 0;
    if (this.used + size > this.data.length) {
      const larger = new Uint32Array(Math.min(this.maximum, 2 * (this.data.length + size)));
      larger.set(this.data);
      this.data = larger;
    }
    this.used += size;
    return this.used - size;
  }

  release(place: number, length: number): void {
    if (place === 0) return;
    const size = sizeFor(length);
    const free = this.freeBySize.get(size) ?? [];
    free.push(place);
    this.freeBySize.set(size, free);
  }
}

function sizeFor(length: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(8, length)));
}
