/** Operations that were served in buckets that are still open: they wait for the calls they made. A ring of numbers. */
export class ServedSpans {
  readonly subject: Int32Array;
  readonly serial: Uint32Array;
  readonly bucket: Float64Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly durationNs: Float64Array;
  readonly weight: Float64Array;
  readonly capacity: number;
  size = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.subject = new Int32Array(capacity);
    this.serial = new Uint32Array(capacity);
    this.bucket = new Float64Array(capacity);
    this.low = new Int32Array(capacity);
    this.high = new Int32Array(capacity);
    this.durationNs = new Float64Array(capacity);
    this.weight = new Float64Array(capacity);
  }

  /** Room for one more, to be filled; -1 when there is none. */
  add(): number {
    return this.size >= this.capacity ? -1 : this.size++;
  }

  /** Hands over those of this and earlier buckets; the others stay. */
  take(bucket: number, each: (at: number) => void): void {
    let kept = 0;
    for (let at = 0; at < this.size; at++) {
      if ((this.bucket[at] as number) <= bucket) each(at);
      else this.move(at, kept++);
    }
    this.size = kept;
  }

  private move(from: number, to: number): void {
    if (from === to) return;
    this.subject[to] = this.subject[from] as number;
    this.serial[to] = this.serial[from] as number;
    this.bucket[to] = this.bucket[from] as number;
    this.low[to] = this.low[from] as number;
    this.high[to] = this.high[from] as number;
    this.durationNs[to] = this.durationNs[from] as number;
    this.weight[to] = this.weight[from] as number;
  }
}
