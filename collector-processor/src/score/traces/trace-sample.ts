const MAX_HALVINGS = 20;
const CROWDED = 0.6;
const SPARE = 0.2;

/** Which traces are looked at: all, or half of them as often as there is no room, so that what is left is a fair sample. */
export class TraceSample {
  /** Traces are kept whose mixed id has so many zero bits at its start. */
  private halvings = 0;

  get share(): number {
    return 2 ** -this.halvings;
  }

  has(mixed: number): boolean {
    return this.halvings === 0 || mixed >>> (32 - this.halvings) === 0;
  }

  /** Half of the traces when it is crowded, twice as many when there is room. `used` is a share. */
  adapt(used: number, isFull: boolean): void {
    if (isFull || used > CROWDED) this.halvings = Math.min(MAX_HALVINGS, this.halvings + 1);
    else if (used < SPARE && this.halvings > 0) this.halvings--;
  }
}
