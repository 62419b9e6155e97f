/**
 * An encoded OTLP request whose numbers are written anew in place. Everything that changes from minute to minute has a
 * fixed width on the wire (fixed64, double), so a body is encoded once, with marks instead of numbers, and its marks are
 * looked up; that makes millions of points affordable.
 */
export interface PatchedBody {
  readonly bytes: Uint8Array;
  /** Writes a 64-bit number at every place of this mark. */
  nano(mark: bigint, ms: number): void;
  double(place: number, value: number): void;
  integer(place: number, value: number): void;
  placesOf(mark: bigint): readonly number[];
}

/** Unlike anything that stands in a body otherwise; as a double it is an ordinary number. */
const FIRST_MARK = 0x4123_4567_89ab_0000n;

/** The mark of this number. */
export function markOf(number: number): bigint {
  return FIRST_MARK + BigInt(number);
}

const scratch = new DataView(new ArrayBuffer(8));

/** The mark as a double, for fields of that type. */
export function doubleMark(number: number): number {
  scratch.setBigUint64(0, markOf(number));
  return scratch.getFloat64(0);
}

export function patchBody(bytes: Uint8Array): PatchedBody {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = findMarks(view);
  const placesOf = (mark: bigint): readonly number[] => places.get(mark) ?? [];
  return {
    bytes,
    placesOf,
    nano(mark, ms) {
      const nanos = BigInt(Math.round(ms)) * 1_000_000n;
      for (const place of placesOf(mark)) view.setBigUint64(place, nanos, true);
    },
    double: (place, value) => view.setFloat64(place, value, true),
    integer(place, value) {
      view.setUint32(place, value % 2 ** 32, true);
      view.setUint32(place + 4, Math.floor(value / 2 ** 32), true);
    },
  };
}

function findMarks(view: DataView): Map<bigint, number[]> {
  const places = new Map<bigint, number[]>();
  const high = Number(FIRST_MARK >> 32n);
  for (let at = 0; at + 8 <= view.byteLength; at++) {
    if (view.getUint32(at + 4, true) !== high) continue;
    const mark = view.getBigUint64(at, true);
    if (mark < FIRST_MARK || mark >= FIRST_MARK + 0x10000n) continue;
    places.set(mark, [...(places.get(mark) ?? []), at]);
  }
  return places;
}
