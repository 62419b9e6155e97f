import type { Settings } from '../../config/schema.ts';
import { type Demand, memoryParts } from '../../score/memory-estimate.ts';

export interface Estimate {
  readonly text: string;
  /** Whether it stays below `receivers.otlp.max_memory`. */
  readonly fits: boolean;
}

const MIB = 1024 ** 2;
const KIB = 1024;
/** Of the limit. Beyond it requests only get through a few at a time. */
const ROOM_SHARE = 0.8;

/** What watching so much would cost with these settings, as a table for people. */
export function estimate({ score, receivers }: Settings, demand: Demand & { readonly light?: number }): Estimate {
  const parts = memoryParts(score, demand);
  const sum = parts.reduce((bytes, { count, bytesEach }) => bytes + count * bytesEach, 0);
  const limit = receivers.otlp.maxMemory;
  const fits = limit === 0 || sum <= limit;
  const rows = [
    ['', 'count', 'each', 'together'],
    ...parts.map(({ what, count, bytesEach }) => [
      what,
      String(count),
      count === 1 ? '' : sizeOf(bytesEach),
      sizeOf(count * bytesEach),
    ]),
    ['all', '', '', sizeOf(sum)],
  ];
  const widths = ['what', 'count', 'each', 'together'].map((_name, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  );
  return { text: [...lines, '', ...beyondLimits(score, demand), verdict(sum, limit), ''].join('\n'), fits };
}

function beyondLimits(
  { maxSeries, maxStreams }: Settings['score'],
  { series, streams, light }: Demand & { readonly light?: number },
): string[] {
  const kinds = [
    { count: series, most: maxSeries, what: 'series', setting: 'score.max_series' },
    { count: streams, most: maxStreams, what: 'metric streams', setting: 'score.max_streams' },
  ];
  const beyond = kinds
    .filter(({ count, most }) => count > most)
    .map(
      ({ count, most, what, setting }) =>
        `${count - most} ${what} would not be watched in full: ${setting} is ${most}.`,
    );
  // A recording is read within the limits: how much more there is beyond them is known of metric streams only.
  if (light === undefined || series < maxSeries) return beyond;
  const more = `All ${maxSeries} places were taken (score.max_series), and ${light} metric streams found none: there is more to watch`;
  return [...beyond, `${more} than is counted here. Raise it and estimate again.`];
}

function verdict(sum: number, limit: number): string {
  if (limit === 0) return 'Without a limit (receivers.otlp.max_memory is 0B) nothing holds it to that.';
  const name = `receivers.otlp.max_memory is ${sizeOf(limit)}`;
  if (sum <= ROOM_SHARE * limit) return `It fits: ${name}, of which a fifth is for requests.`;
  const better = sizeOf(Math.ceil(sum / ROOM_SHARE / (64 * MIB)) * 64 * MIB);
  if (sum <= limit) return `It is tight: ${name}, and a quarter of it should be left for requests. Better: ${better}.`;
  return `It does not fit: ${name}. Set it to ${better}, or watch less.`;
}

function sizeOf(bytes: number): string {
  if (bytes < KIB) return `${Math.round(bytes)} B`;
  return bytes < MIB ? `${(bytes / KIB).toFixed(1)} KiB` : `${Math.round(bytes / MIB)} MiB`;
}
