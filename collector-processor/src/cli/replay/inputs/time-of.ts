const number = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const zoned = /(?:z|[+-]\d\d:?\d\d)$/i;
/** A number is in the unit that puts it between 1973 and 5138. */
const units: readonly (readonly [above: number, perMs: number])[] = [
  [1e17, 1e6],
  [1e14, 1e3],
  [1e11, 1],
];

/** Milliseconds since the epoch: a number in seconds, milli-, micro- or nanoseconds, or ISO 8601, UTC when it names no zone. */
export function timeOf(text: string): number | undefined {
  const written = text.trim();
  if (number.test(written)) {
    const value = Number(written);
    const [, perMs = 1e-3] = units.find(([above]) => Math.abs(value) >= above) ?? [];
    return value / perMs;
  }
  const iso = written.replace(' ', 'T');
  const time = Date.parse(zoned.test(iso) || !iso.includes('T') ? iso : `${iso}Z`);
  return Number.isNaN(time) ? undefined : time;
}
