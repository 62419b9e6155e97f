import type { Mask } from '../../runtime/masking.ts';
import { maskedIdentity } from '../masked-identity.ts';
import type { OpenCapacityFinding } from './capacity-finding.ts';
import type { Basis } from './capacity-reading.ts';
import type { CapacityIdentity, CapacitySeries } from './capacity-series.ts';
import type { Forecaster } from './forecaster.ts';

interface SavedSeries {
  readonly hash: readonly [low: number, high: number];
  readonly identity: CapacityIdentity;
  readonly basis: Basis;
  readonly level: number | null;
  readonly capacity: number | null;
  readonly sampledMs: number;
  readonly asked: boolean;
  readonly newest: readonly [fine: number, coarse: number];
  readonly finding?: OpenCapacityFinding;
}

/** Raised when the meaning of what is kept changes. */
const VERSION = 1;
/** Resources of one piece: about half a MiB. */
const SERIES_PER_PIECE = 128;

export interface SavedForecasts {
  readonly json: { readonly version: number; readonly series: readonly SavedSeries[] };
  readonly numbers: Uint8Array;
}

export function* saveForecasts({ places, findings }: Forecaster): Generator<SavedForecasts> {
  const all = places.list();
  for (let first = 0; first < all.length; first += SERIES_PER_PIECE) {
    const some = all.slice(first, first + SERIES_PER_PIECE);
    const series = some.map((one) => saved(one, findings.of(one)));
    const numbers = Buffer.concat(some.flatMap(({ fine, coarse }) => [bytesOf(fine.values), bytesOf(coarse.values)]));
    yield { json: { version: VERSION, series }, numbers };
  }
}

/** What was written by another version, or finds no room, is left out. */
export function loadForecasts({ places, findings }: Forecaster, { json, numbers }: SavedForecasts, mask: Mask): void {
  if (json.version !== VERSION) return;
  let at = 0;
  for (const { hash, identity, basis, level, capacity, sampledMs, asked, newest, finding } of json.series) {
    const masked = { ...identity, series: maskedIdentity(identity.series, mask), title: mask(identity.title) };
    const series = places.of(hash[0], hash[1], () => masked);
    if (series === undefined) return;
    Object.assign(series, { basis, level: level ?? NaN, capacity: capacity ?? NaN, sampledMs, asked });
    for (const [i, ring] of [series.fine, series.coarse].entries()) {
      const { length } = ring.values;
      ring.restore(newest[i as 0 | 1], new Float32Array(Uint8Array.from(numbers.subarray(at, at + length * 4)).buffer));
      at += length * 4;
    }
    series.lookLater();
    if (finding !== undefined) findings.resume(series, finding);
  }
}

function saved(one: CapacitySeries, finding: OpenCapacityFinding | undefined): SavedSeries {
  const { low, high, identity, basis, level, capacity, sampledMs, asked, fine, coarse } = one;
  const newest = [fine.newest, coarse.newest] as const;
  const open = finding === undefined ? {} : { finding };
  return { hash: [low, high], identity, basis, level, capacity, sampledMs, asked, newest, ...open };
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
