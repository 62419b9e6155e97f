import type { Telemetry } from '../telemetry.ts';
import type { ByteSource } from './byte-source.ts';
import { metricRequest, type Sample } from './metric-request.ts';
import { timeOf } from './time-of.ts';

export interface CsvOptions {
  /** Name of the metric where no column says it. */
  readonly metric: string;
  readonly service: string;
}

const MAX_ROWS = 500;
const text = new TextDecoder();
const field = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/gy;
const times = ['timestamp', 'time', 'date', 'datetime'];
const missing = ['', 'nan', 'null', 'na'];

interface Columns {
  readonly names: readonly string[];
  readonly time: number;
  readonly value: number;
}

interface RowReading extends Columns, CsvOptions {
  readonly source: ByteSource;
}

/**
 * `timestamp,value[,label…]` with a header. A column `metric` or `service` names these, every other one is a label of the
 * point. A row without a value is passed over. Rows of several series have to be in the order of their time.
 */
export async function* csvRequests(source: ByteSource, options: CsvOptions): AsyncGenerator<Telemetry> {
  const columns = columnsOf((await source.line()) ?? new Uint8Array(0), source);
  let samples: Sample[] = [];
  for (let line = await source.line(); line !== undefined; line = await source.line()) {
    const sample = sampleOf(line, { ...columns, ...options, source });
    if (sample === undefined) continue;
    // A request of one time has no late points in it, wherever it ends.
    if (samples.length >= MAX_ROWS || (samples[0]?.timeMs ?? sample.timeMs) !== sample.timeMs) {
      yield metricRequest(samples);
      samples = [];
    }
    samples.push(sample);
  }
  if (samples.length > 0) yield metricRequest(samples);
}

function columnsOf(line: Uint8Array, source: ByteSource): Columns {
  const names = cells(line).map((name) => name.toLowerCase());
  const time = names.findIndex((name) => times.includes(name));
  const value = names.indexOf('value');
  if (time < 0 || value < 0)
    throw source.fault('the first line of a CSV names its columns, timestamp and value among them');
  return { names: cells(line), time, value };
}

function sampleOf(line: Uint8Array, reading: RowReading): Sample | undefined {
  const { names, time, value, source, metric, service } = reading;
  const row = cells(line);
  if (row.length === 1 && row[0] === '') return undefined;
  const timeMs = timeOf(row[time] ?? '');
  const written = (row[value] ?? '').toLowerCase();
  if (timeMs === undefined) throw source.fault(`"${row[time] ?? ''}" in the line before it is no time`);
  if (missing.includes(written)) return undefined;
  const number = Number(written);
  if (Number.isNaN(number)) throw source.fault(`"${written}" in the line before it is no number`);
  const labels: Record<string, string> = {};
  const own = { metric, service };
  names.forEach((name, at) => {
    const cell = row[at] ?? '';
    if (at === time || at === value || cell === '') return;
    if (name === 'metric' || name === 'service') own[name] = cell;
    else labels[name] = cell;
  });
  return { ...own, labels, timeMs, value: number, isCounter: false };
}

function cells(line: Uint8Array): string[] {
  const row = text.decode(line).replace(/\r$/, '');
  const found = [...row.matchAll(field)].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim());
  // Behind the last field the pattern matches once more, at the end of the row.
  return row.endsWith(',') || found.length === 1 ? found : found.slice(0, -1);
}
