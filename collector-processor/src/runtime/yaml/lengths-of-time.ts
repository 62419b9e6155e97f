const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};

/** A duration as Prometheus writes it (`28d`, `1d12h`), in milliseconds. */
export function promDuration(text: string): number | undefined {
  if (!/^([0-9]+(ms|[smhdwy]))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([0-9]+)(ms|[smhdwy])/g)];
  const sum = parts.reduce((total, [, count = '0', unit = 'ms']) => total + Number(count) * (unitMs[unit] ?? 0), 0);
  return sum > 0 ? sum : undefined;
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    // The only way to ask is to try.
    return false;
  }
}

/** The shortest way to write it for Prometheus: `90m`, `28d`. */
export function promText(ms: number): string {
  const [unit = 'ms', length = 1] =
    Object.entries(unitMs)
      .filter(([name]) => name !== 'w' && name !== 'y')
      .toReversed()
      .find(([, size]) => ms % size === 0) ?? [];
  return `${ms / length}${unit}`;
}
