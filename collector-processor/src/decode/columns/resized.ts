type Column = Uint8Array | Int32Array | Uint32Array | Float64Array | BigUint64Array;

/** The same column with another length; what fits is kept. */
export function resized<Typed extends Column>(column: Typed, length: number): Typed {
  const Constructor = column.constructor as new (length: number) => Typed;
  const changed = new Constructor(length);
  const kept = column.length <= length ? column : column.subarray(0, length);
  changed.set(kept as Typed & ArrayLike<bigint> & ArrayLike<number>);
  return changed;
}
