/** Milliseconds since the epoch → nanoseconds, which a double cannot hold. 0, OTLP's "unknown", when there is no time. */
export function nanosOf(ms: number): bigint {
  if (!(ms > 0 && ms < Number.MAX_SAFE_INTEGER)) return 0n;
  const whole = Math.floor(ms);
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((ms - whole) * 1e6));
}
