import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export interface LabelledSeries {
  readonly name: string;
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
  readonly labels: Uint8Array;
}

const SECONDS_BELOW = 1e11;

/** Every `timestamp,value,label` table below the directory, .csv or .csv.gz; timestamps in seconds, milliseconds or as ISO 8601. */
export function readLabelled(directory: string): LabelledSeries[] {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.csv(\.gz)?$/.test(path) && statSync(join(directory, path)).isFile())
    .toSorted();
  return paths.flatMap((name) => parse(name, join(directory, name)) ?? []);
}

/** Undefined for a table with other columns. */
function parse(name: string, path: string): LabelledSeries | undefined {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [heading = '', ...rows] = text.split(/\r?\n/).filter((line) => line !== '');
  const columns = heading.toLowerCase().split(',');
  const [time, value, label] = ['timestamp', 'value', 'label'].map((column) => columns.indexOf(column));
  if (time === undefined || value === undefined || label === undefined || Math.min(time, value, label) < 0) return;
  const cells = rows.map((row) => row.split(','));
  return {
    name,
    timesMs: Float64Array.from(cells, (cell) => timeOf(cell[time] ?? '')),
    values: Float64Array.from(cells, (cell) => Number(cell[value])),
    labels: Uint8Array.from(cells, (cell) => (Number(cell[label]) > 0 ? 1 : 0)),
  };
}

function timeOf(text: string): number {
  const number = Number(text);
  if (Number.isNaN(number)) return Date.parse(text);
  return number < SECONDS_BELOW ? number * 1000 : number;
}
