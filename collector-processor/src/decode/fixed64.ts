const TWO_32 = 4294967296;

/** 64 bits without a sign as a double; exact below 2^53. */
export function fixed64(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * TWO_32 + view.getUint32(at, true);
}

/** 64 bits with a sign as a double; exact within 2^53. */
export function sfixed64(view: DataView, at: number): number {
  return view.getInt32(at + 4, true) * TWO_32 + view.getUint32(at, true);
}
