/** Stands for what varies. */
export const HOLE = 0;
/** Stands for a place that is left out of a key. */
const BLANK = 0x5bd1e995;

/**
 * The hash of a skeleton is a sum over its places, in two lanes of 32 bits, so that the hash without a place, or with a
 * hole there, is a subtraction. No hash against an adversary: two kinds that meet are counted as one.
 */
export function laneLow(word: number, place: number): number {
  let mixed = Math.imul(word ^ Math.imul(place + 1, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

export function laneHigh(word: number, place: number): number {
  let mixed = Math.imul(word + Math.imul(place + 1, 0x27d4eb2f), 0x165667b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x9e3779b1);
  return mixed ^ (mixed >>> 14);
}

export interface Lanes {
  low: number;
  high: number;
}

export function lanesOf(words: Int32Array): Lanes {
  const lanes = { low: 0, high: 0 };
  for (let at = 0; at < words.length; at++) {
    lanes.low = (lanes.low + laneLow(words[at] as number, at)) | 0;
    lanes.high = (lanes.high + laneHigh(words[at] as number, at)) | 0;
  }
  return lanes;
}

/** The same with `word` at a place left blank. */
export function blanked({ low, high }: Lanes, word: number, place: number): Lanes {
  return {
    low: (low - laneLow(word, place) + laneLow(BLANK, place)) | 0,
    high: (high - laneHigh(word, place) + laneHigh(BLANK, place)) | 0,
  };
}
