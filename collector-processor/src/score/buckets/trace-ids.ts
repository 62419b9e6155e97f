/** Bytes of a trace id. */
export const TRACE_ID = 16;

/** Trace ids lie in rows of 16 bytes on both sides. */
export function copyTrace(from: Uint8Array, fromRow: number, to: Uint8Array, toRow: number): void {
  for (let i = 0; i < TRACE_ID; i++) to[toRow * TRACE_ID + i] = from[fromRow * TRACE_ID + i] as number;
}

/** All zero means that there is none. */
export function hasTrace(ids: Uint8Array, row: number): boolean {
  for (let at = row * TRACE_ID; at < (row + 1) * TRACE_ID; at++) if (ids[at] !== 0) return true;
  return false;
}

export function traceHex(ids: Uint8Array, row: number): string {
  return Buffer.from(ids.buffer, ids.byteOffset + row * TRACE_ID, TRACE_ID).toString('hex');
}
