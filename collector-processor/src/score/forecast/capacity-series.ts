import type { Series } from '../../model/anomaly.ts';
import type { ResourceKind } from '../../model/forecast.ts';
import { type Basis, type CapacityInput, readCapacity } from './capacity-reading.ts';
import { lookAhead, type Outlook } from './outlook.ts';
import { TimeRing } from './time-ring.ts';

export interface CapacityIdentity {
  /** `measure` is `days_left`, `metric` and `attributes` are those of what is used. */
  readonly series: Series;
  readonly kind: ResourceKind;
  /** Of what is used. */
  readonly unit: string;
  /** `Disk /var of db on db-0`. Masked. */
  readonly title: string;
}

const FINE = { length: 180, stepMs: 2 * 60_000 };
const COARSE = { length: 28 * 24, stepMs: 3_600_000 };
const DAY_S = 86_400;

/** One resource: what was said of it, its last six hours and its last four weeks, and when it runs out. */
export class CapacitySeries {
  readonly identity: CapacityIdentity;
  readonly low: number;
  readonly high: number;
  readonly inputs: CapacityInput[] = [];
  readonly fine = new TimeRing(FINE);
  readonly coarse = new TimeRing(COARSE);
  basis: Basis = 'amount';
  level = NaN;
  capacity = NaN;
  sampledMs = 0;
  /** Its history was asked for. */
  asked = false;
  /** Of the last hours and of the last weeks; made by `look`. */
  #brief: Outlook | undefined;
  #long: Outlook | undefined;
  #isDue = false;

  constructor(identity: CapacityIdentity, { low, high }: { readonly low: number; readonly high: number }) {
    this.identity = identity;
    this.low = low;
    this.high = high;
  }

  /** Takes down what is known now; false when that is not enough. */
  sample(timeMs: number): boolean {
    const reading = readCapacity(this.inputs, timeMs);
    if (reading === undefined) return false;
    if (reading.basis !== this.basis) this.startAnew();
    this.basis = reading.basis;
    this.level = reading.level;
    this.capacity = reading.capacity;
    this.sampledMs = timeMs;
    if (reading.basis === 'expiry') return true;
    this.fine.add(timeMs - 1, reading.level);
    this.coarse.add(timeMs - 1, reading.level);
    return true;
  }

  /** About 2 ms. */
  look(): void {
    this.#isDue = false;
    if (this.basis === 'expiry') return;
    this.#brief = this.ahead(this.fine);
    this.#long = this.ahead(this.coarse);
  }

  /** When somebody asks: so that thousands that were read from a file hold nobody up. */
  lookLater(): void {
    this.#isDue = true;
  }

  get brief(): Outlook | undefined {
    if (this.#isDue) this.look();
    return this.#brief;
  }

  get long(): Outlook | undefined {
    if (this.#isDue) this.look();
    return this.#long;
  }

  /** The longer view, once there is one; the shorter one when that alone sees a shortage, or a nearer one. */
  get outlook(): Outlook | undefined {
    const { brief, long } = this;
    const isNearer = (brief?.alarmWithin ?? Infinity) < (long?.alarmWithin ?? Infinity);
    return isNearer ? brief : (long ?? brief);
  }

  get deadlineDays(): number | undefined {
    return this.basis === 'expiry' ? Math.max(0, -this.level / DAY_S) : undefined;
  }

  private ahead(ring: TimeRing): Outlook | undefined {
    return lookAhead({ values: ring.all(), newest: ring.newest, stepMs: ring.stepMs }, this.capacity);
  }

  private startAnew(): void {
    for (const ring of [this.fine, this.coarse]) ring.restore(-1, ring.values.fill(NaN));
    this.#isDue = false;
    this.#brief = undefined;
    this.#long = undefined;
  }
}
