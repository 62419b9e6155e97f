import type { SeriesState } from '../state/series-state.ts';

/** Numbers in a shape; its halves are compared as wholes too. */
export const SHAPE = 8;
/** Shapes that a series may be known by. */
const PAGES = 16;
/** Units of a number in a shape: a sixteenth, up to 8 to either side. */
const FINENESS = 16;
const WIDEST = 127;
/** Weight of the newest distance in what is usual, once there are many. */
const RATE = 0.01;
const MAX_SHAPES = 65_535;

/**
 * The last shape of a series and those it has shown, a byte a number: a new one takes the place of the one that was least
 * recently seen, if none that is known comes close. About 180 bytes a series.
 */
export class PatternBook {
  private readonly shape: Int8Array;
  private readonly pages: Int8Array;
  /** When a page was last seen, in shapes; 0: it is free. */
  private readonly seenAt: Uint16Array;
  private readonly shapes: Uint16Array;
  private readonly usual: Float32Array;
  private readonly usualSquare: Float32Array;

  constructor(state: SeriesState) {
    this.shape = state.int8(SHAPE);
    this.pages = state.int8(SHAPE * PAGES);
    this.seenAt = state.uint16(PAGES);
    this.shapes = state.uint16();
    this.usual = state.float32();
    this.usualSquare = state.float32();
  }

  /** Shapes seen so far. */
  sizeOf(slot: number): number {
    return this.shapes[slot] as number;
  }

  /** Moves the shape on by one number; how far it then is from the nearest that is known, and learns it. */
  push(slot: number, number: number): number {
    const { shape, shapes } = this;
    const at = slot * SHAPE;
    shape.copyWithin(at, at + 1, at + SHAPE);
    shape[at + SHAPE - 1] = Math.max(-WIDEST, Math.min(WIDEST, Math.round(FINENESS * number)));
    if (shapes[slot] === MAX_SHAPES) this.forgetTimes(slot);
    shapes[slot] = (shapes[slot] as number) + 1;
    if (shapes[slot] < SHAPE) return 0;
    return this.look(slot);
  }

  private look(slot: number): number {
    let nearest = -1;
    let least = Infinity;
    let oldest = 0;
    for (let page = 0; page < PAGES; page++) {
      const seenAt = this.seenAt[slot * PAGES + page] as number;
      if (seenAt < (this.seenAt[slot * PAGES + oldest] as number)) oldest = page;
      const distance = seenAt === 0 ? Infinity : this.distanceTo(slot, page);
      if (distance >= least) continue;
      least = distance;
      nearest = page;
    }
    const distance = nearest < 0 ? 0 : Math.sqrt(least) / FINENESS;
    const isNew = nearest < 0 || distance > this.limit(slot);
    const page = isNew ? oldest : nearest;
    if (isNew) this.pages.set(this.shape.subarray(slot * SHAPE, (slot + 1) * SHAPE), (slot * PAGES + page) * SHAPE);
    this.seenAt[slot * PAGES + page] = this.shapes[slot] as number;
    this.follow(slot, distance);
    return distance;
  }

  /** Squared; mean and slope of the whole count once more than the numbers they are made of. */
  private distanceTo(slot: number, page: number): number {
    const { shape, pages } = this;
    const at = slot * SHAPE;
    const to = (slot * PAGES + page) * SHAPE;
    let sum = 0;
    let first = 0;
    let second = 0;
    for (let i = 0; i < SHAPE / 2; i++) {
      const a = (shape[at + i] as number) - (pages[to + i] as number);
      const b = (shape[at + i + SHAPE / 2] as number) - (pages[to + i + SHAPE / 2] as number);
      sum += a * a + b * b;
      first += a;
      second += b;
    }
    return sum + ((first + second) ** 2 + (first - second) ** 2) / SHAPE;
  }

  /** Beyond it a shape is a new one. */
  private limit(slot: number): number {
    const usual = this.usual[slot] as number;
    return usual + Math.sqrt(Math.max(0, (this.usualSquare[slot] as number) - usual * usual));
  }

  private follow(slot: number, distance: number): void {
    const rate = Math.max(RATE, 1 / (this.shapes[slot] as number));
    const usual = this.usual[slot] as number;
    const square = this.usualSquare[slot] as number;
    this.usual[slot] = usual + rate * (distance - usual);
    this.usualSquare[slot] = square + rate * (distance * distance - square);
  }

  /** Keeps the order of what was seen of late, so that counting can go on. */
  private forgetTimes(slot: number): void {
    const half = MAX_SHAPES >> 1;
    this.shapes[slot] = half;
    for (let i = slot * PAGES; i < (slot + 1) * PAGES; i++) {
      const seenAt = this.seenAt[i] as number;
      this.seenAt[i] = seenAt === 0 ? 0 : Math.max(1, seenAt - (MAX_SHAPES - half));
    }
  }
}
