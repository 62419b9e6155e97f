import { formattedValueToString, getValueFormat } from '@grafana/data';
import type { Anomaly } from '../api/anomalies';

/** What decides the unit of a series. */
export type Measured = Pick<Anomaly['series'], 'signal' | 'measure' | 'unit'>;

/** Units of OpenTelemetry (UCUM) as Grafana names them. */
const units: Readonly<Record<string, string>> = { ns: 'ns', us: 'µs', ms: 'ms', s: 's', min: 'm', h: 'h', By: 'bytes' };

/** Grafana's unit for what a series measures. Durations of spans are nanoseconds, ratios 0 to 1. */
export function unitOf({ signal, measure, unit = '' }: Measured): string {
  if (measure === 'error_ratio') {
    return 'percentunit';
  }
  if (['rate', 'template_rate', 'severity_rate'].includes(measure)) {
    return unit === 'By' ? 'Bps' : 'suffix:/s';
  }
  return signal === 'traces' ? 'ns' : (units[unit] ?? 'short');
}

/** A value with its unit; what does not exist stays undefined, never 0. */
export function formatValue(series: Measured, value: number | null): string | undefined {
  return value === null ? undefined : formatIn(unitOf(series), value);
}

/** In one of Grafana's units. */
export function formatIn(unit: string, value: number): string {
  const formatted = getValueFormat(unit)(value);
  return formattedValueToString({ ...formatted, text: withoutZeros(formatted.text) });
}

/** With as many digits as the number has, for figures that somebody wrote: 99.95 stays 99.95. */
export function formatExactly(unit: string, value: number): string {
  const exact = Number(value.toPrecision(12));
  const digits = String(exact).split('.')[1]?.length ?? 0;
  return formattedValueToString(getValueFormat(unit)(exact, digits));
}

/** "0.400" says no more than "0.4". */
function withoutZeros(text: string): string {
  return text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/** Whole numbers with the user's thousands separator. */
export function formatCount(count: number): string {
  return getValueFormat('locale')(count).text;
}

/** Grafana's bytes: "212 MiB". */
export function formatBytes(bytes: number): string {
  return formattedValueToString(getValueFormat('bytes')(bytes, 0));
}

const durations = [
  ['day', 2 * 86_400_000, 86_400_000],
  ['hour', 2 * 3_600_000, 3_600_000],
  ['minute', 60_000, 60_000],
  ['second', 0, 1000],
] as const;

/** "14 min", in one unit: how long something lasts, not how exactly that was measured. */
export function formatDuration(ms: number): string {
  const [unit, , perUnit] = durations.find(([, from]) => ms >= from) ?? durations[3];
  const format = new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  });
  return format.format(ms / perUnit);
}
