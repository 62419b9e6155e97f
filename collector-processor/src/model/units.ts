/** Numbers with units as people write them: `1.3 s`, `14.2 %`, `3.1 MiB`, `12 /s`. */
const NANOSECOND_STEPS: readonly (readonly [number, string])[] = [
  [60e9, 'min'],
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
];
const BYTE_STEPS: readonly (readonly [number, string])[] = [
  [1024 ** 4, 'TiB'],
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
  [1, 'B'],
];
const nanosecondsPerUnit: Readonly<Record<string, number>> = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, min: 60e9, h: 3600e9 };

/** Three significant digits, without an exponent where that reads well. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size < 1e-4 && size > 0)) return value.toExponential(2);
  if (size >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

export function formatDuration(nanoseconds: number): string {
  return scaled(nanoseconds, NANOSECOND_STEPS);
}

export function formatShare(share: number): string {
  const percent = share * 100;
  return `${formatNumber(percent >= 0.1 ? Math.round(percent * 10) / 10 : percent)} %`;
}

/** A value in one of UCUM's units as OpenTelemetry uses them; braces are annotations. */
export function formatWithUnit(value: number, unit: string): string {
  const plain = unit.replace(/\{[^}]*\}/g, '').trim();
  const perUnit = nanosecondsPerUnit[plain];
  if (perUnit !== undefined) return formatDuration(value * perUnit);
  if (plain === 'By') return scaled(value, BYTE_STEPS);
  if (plain === '' || plain === '1') return formatNumber(value);
  return `${formatNumber(value)} ${plain}`;
}

/** Times, sizes and counted things: below zero there are none. */
export function isAmount(unit: string): boolean {
  const plain = unit.replace(/\{[^}]*\}/g, '').trim();
  return nanosecondsPerUnit[plain] !== undefined || plain === 'By' || (plain === '' && unit !== '');
}

function scaled(value: number, steps: readonly (readonly [number, string])[]): string {
  const size = Math.abs(value);
  const [factor, unit] = steps.find(([from]) => size >= from) ?? steps.at(-1) ?? [1, ''];
  return `${formatNumber(value / factor)} ${unit}`;
}
