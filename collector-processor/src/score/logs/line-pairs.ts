import { MAX_KINDS, type TraceLines } from './trace-lines.ts';

/** Kinds of lines of a service whose pairs are known. */
const MOST = 32;
const PAIRS = (MOST * (MOST - 1)) / 2;
/** Traces after which what was counted is halved: kinds that come no more make room. */
const MEMORY = 4096;
/** So often two kinds would have come together by chance before it is strange that they never did. */
const DUE = 10;
/** Times that a pair must have come together to be usual. */
const OFTEN = 3;
const HELD = 1e-6;

/**
 * Which kinds of lines come together in the traces of one service. Two that both come often and never in one trace are
 * apart for a reason: the order was placed, or the card was refused. About 3 KiB a service.
 */
export class LinePairs {
  private readonly kinds = new Int32Array(MOST);
  /** Traces that held the kind; 0 for a free place. */
  private readonly counts = new Float32Array(MOST);
  /** Bucket in which a pair first came together, counted from 1 at the first of the service; 0: never. */
  private readonly first = new Int32Array(PAIRS);
  private readonly met = new Uint8Array(PAIRS);
  private traces = 0;
  private readonly places = new Int32Array(MAX_KINDS);
  private readonly born: number;

  constructor(bucket: number) {
    this.born = bucket;
  }

  /** Counts the trace. Whether it holds a pair that was due long ago, came after the first `learning` buckets, and is not usual yet. */
  isUnseen(lines: TraceLines, at: number, bucket: number, learning: number): boolean {
    const found = this.placesOf(lines, at);
    const age = bucket - this.born + 1;
    let isUnseen = false;
    for (let i = 0; i < found; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [this.places[i] as number, this.places[j] as number];
        if (this.meet(pairOf(a, b), age, learning) && this.areDue(a, b)) isUnseen = true;
      }
    }
    for (let i = 0; i < found; i++) {
      const place = this.places[i] as number;
      this.counts[place] = (this.counts[place] as number) + 1;
    }
    if (++this.traces >= MEMORY) this.fade();
    return isUnseen && age > learning;
  }

  /** Two of one trace; whether that is not usual. */
  private meet(pair: number, age: number, learning: number): boolean {
    if (this.first[pair] === 0) this.first[pair] = age;
    const met = Math.min(OFTEN, (this.met[pair] as number) + 1);
    this.met[pair] = met;
    const first = this.first[pair] as number;
    const wasThere = first <= learning || age - first >= learning;
    return !(wasThere && met >= OFTEN);
  }

  private areDue(a: number, b: number): boolean {
    return ((this.counts[a] as number) * (this.counts[b] as number)) / Math.max(1, this.traces) >= DUE;
  }

  /** Fills `places` with those of the kinds of the trace that are known or find room; returns how many. */
  private placesOf(lines: TraceLines, at: number): number {
    const start = at * MAX_KINDS;
    const size = lines.size[at] as number;
    let found = 0;
    for (let i = start; i < start + size; i++) {
      const place = this.placeOf(lines.kinds[i] as number);
      if (place >= 0) this.places[found++] = place;
    }
    return found;
  }

  private placeOf(kind: number): number {
    let free = -1;
    for (let place = 0; place < MOST; place++) {
      if ((this.counts[place] as number) === 0) free = place;
      else if (this.kinds[place] === kind) return place;
    }
    if (free >= 0) this.take(free, kind);
    return free;
  }

  private take(place: number, kind: number): void {
    this.kinds[place] = kind;
    // Held from now on, before the trace itself is counted.
    this.counts[place] = HELD;
    for (let other = 0; other < MOST; other++) {
      if (other === place) continue;
      this.first[pairOf(place, other)] = 0;
      this.met[pairOf(place, other)] = 0;
    }
  }

  private fade(): void {
    this.traces /= 2;
    for (let place = 0; place < MOST; place++) {
      const half = (this.counts[place] as number) / 2;
      this.counts[place] = half < 1 ? 0 : half;
    }
  }
}

/** Place of the pair in a triangle. */
function pairOf(a: number, b: number): number {
  return a > b ? (a * (a - 1)) / 2 + b : (b * (b - 1)) / 2 + a;
}
