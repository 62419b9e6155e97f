/**
 * Distinct lists of histogram bounds, by small number. Bounded; when full, further histograms have no percentiles.
 */
export class BoundsTable {
  private readonly maximum: number;
  private readonly lists: Float64Array[] = [];
  private readonly byText = new Map<string, number>();

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  /** Number of the bounds values[start, start + count), -1 when the table is full. */
  idOf(values: Float64Array, start: number, count: number): number {
    const list = values.slice(start, start + count);
    const text = list.join();
    const known = this.byText.get(text);
    if (known !== undefined) return known;
    if (this.lists.length >= this.maximum) return -1;
    this.lists.push(list);
    this.byText.set(text, this.lists.length - 1);
    return this.lists.length - 1;
  }

  /** Whether a point's bounds are those of `id`: what almost every point of a known stream is. */
  same(id: number, values: Float64Array, start: number, count: number): boolean {
    const list = this.lists[id];
    if (list?.length !== count) return false;
    for (let i = 0; i < count; i++) if (list[i] !== values[start + i]) return false;
    return true;
  }

  readonly bounds = (id: number): Float64Array => this.lists[id] ?? new Float64Array(0);
}
