/** Below this the call costs more than it saves. */
const LEAST_BYTES = 4 * 1024;

/**
 * Gives the memory of a buffer back now, not when V8 gets to it: memory outside of its heap makes V8 mark all of the heap
 * again whenever enough has come together, and memory that was just freed is in the processor's cache when the next buffer
 * gets it. Only for bytes that nobody else was ever handed: who still had them would read nothing, and a write that is
 * under way would send what is there by then. Does nothing when the array is a part of a larger buffer.
 */
export function freeMemory({ buffer, byteLength }: Uint8Array): void {
  if (byteLength < LEAST_BYTES || byteLength !== buffer.byteLength) return;
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
