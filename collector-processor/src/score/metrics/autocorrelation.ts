/** A cycle is believed when the past is so much like itself one cycle before, and two. */
const ALIKE = 0.5;
const ALIKE_TWICE = 0.4;
/** Before a first peak the likeness must have fallen below this: otherwise it is but slow. */
const UNLIKE = 0.25;
/** The shortest cycle that is as good as the best one. */
const AS_GOOD = 0.85;
const LEAST_LAG = 4;
const MOST_SAMPLES = 256;

const values = new Float64Array(MOST_SAMPLES);
const likeness = new Float64Array(MOST_SAMPLES);

/**
 * The cycle in a ring of samples, the oldest at `first`: its length in samples, with fractions, or undefined. A straight line is
 * taken out before; the length is read from the latest peak that is one of its multiples, which makes it the more exact.
 */
export function cycleIn(ring: Int8Array, first: number, filled: number): number | undefined {
  for (let i = 0; i < filled; i++) values[i] = ring[(first + i) % ring.length] as number;
  const power = takeOutLine(filled);
  if (!(power > 0.25)) return undefined;
  const most = Math.floor((2 * filled) / 3);
  for (let lag = 1; lag <= most; lag++) {
    let sum = 0;
    for (let i = lag; i < filled; i++) sum += (values[i] as number) * (values[i - lag] as number);
    likeness[lag] = sum / (filled - lag) / power;
  }
  const lag = firstPeak(most);
  return lag === undefined ? undefined : refined(lag, most);
}

/** Returns the mean square of what is left. */
function takeOutLine(filled: number): number {
  const middle = (filled - 1) / 2;
  let sum = 0;
  let slope = 0;
  for (let i = 0; i < filled; i++) {
    sum += values[i] as number;
    slope += (i - middle) * (values[i] as number);
  }
  slope /= (filled * (filled * filled - 1)) / 12;
  let power = 0;
  for (let i = 0; i < filled; i++) {
    const rest = (values[i] as number) - sum / filled - slope * (i - middle);
    values[i] = rest;
    power += rest * rest;
  }
  return power / filled;
}

function firstPeak(most: number): number | undefined {
  let lag = 1;
  while (lag <= most && (likeness[lag] as number) > UNLIKE) lag++;
  let best = 0;
  for (let at = lag; at <= most / 2; at++) best = Math.max(best, likeness[at] as number);
  if (best < ALIKE) return undefined;
  for (let at = Math.max(lag, LEAST_LAG); at <= most / 2; at++) {
    const here = likeness[at] as number;
    const isPeak = here >= (likeness[at - 1] as number) && here >= (likeness[at + 1] as number);
    if (isPeak && here >= Math.max(ALIKE, AS_GOOD * best) && peakNear(2 * at, most) >= ALIKE_TWICE) return at;
  }
  return undefined;
}

function peakNear(lag: number, most: number): number {
  return Math.max(...[-1, 0, 1].map((by) => (lag + by <= most ? (likeness[lag + by] as number) : 0)));
}

function refined(lag: number, most: number): number {
  let length = vertex(lag, most);
  for (let times = 2; times * length <= most - 1; times++) {
    const about = Math.round(times * length);
    let peak = about;
    for (const near of [about - 1, about + 1]) {
      if (near < most && (likeness[near] as number) > (likeness[peak] as number)) peak = near;
    }
    if ((likeness[peak] as number) < ALIKE_TWICE) break;
    length = vertex(peak, most) / times;
  }
  return length;
}

/** Of the parabola through a peak and its neighbours. */
function vertex(lag: number, most: number): number {
  if (lag <= 1 || lag >= most) return lag;
  const [left, peak, right] = [likeness[lag - 1] as number, likeness[lag] as number, likeness[lag + 1] as number];
  const bend = left - 2 * peak + right;
  return bend < 0 ? lag + Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend))) : lag;
}
