const SLICE_MS = 200;
/** Read at the start: when it changes, the process that started this one is gone. */
const parent = process.ppid;

/**
 * Stops this process in its tracks: no work, no timers, no telemetry, no processor time, as in a deadlock or a very long
 * pause. Unlike SIGSTOP it ends by itself, also when the process that asked for it is gone.
 */
export function freeze(ms: number): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const end = performance.now() + ms;
  while (performance.now() < end && process.ppid === parent) {
    Atomics.wait(cell, 0, 0, Math.min(SLICE_MS, end - performance.now()));
  }
}
