/** The newest values of a series, with their mean and standard deviation; sums are made anew at each lap against drift. */
export class RollingWindow {
  private readonly values: Float64Array;
  private at = 0;
  private shift = 0;
  private sum = 0;
  private squares = 0;
  count = 0;

  constructor(length: number) {
    this.values = new Float64Array(length);
  }

  push(value: number): void {
    const { values } = this;
    if (this.count === 0) this.shift = value;
    if (this.count === values.length) this.add(values[this.at] as number, -1);
    else this.count++;
    values[this.at] = value;
    this.add(value, 1);
    this.at = (this.at + 1) % values.length;
    if (this.at === 0) this.sumAnew();
  }

  mean(): number {
    return this.shift + this.sum / this.count;
  }

  deviation(): number {
    const mean = this.sum / this.count;
    return Math.sqrt(Math.max(0, this.squares / this.count - mean ** 2));
  }

  private add(value: number, sign: 1 | -1): void {
    const moved = value - this.shift;
    this.sum += sign * moved;
    this.squares += sign * moved ** 2;
  }

  private sumAnew(): void {
    this.shift = this.mean();
    this.sum = 0;
    this.squares = 0;
    for (let i = 0; i < this.count; i++) this.add(this.values[i] as number, 1);
  }
}
