import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from './csv.ts';

/** Lines of one system and the kind that people found each of them to be. */
export interface LogSet {
  readonly name: string;
  readonly lines: readonly Uint8Array[];
  readonly kinds: readonly string[];
}

/** Every `…_structured.csv` (columns Content and EventId) in DIR and its folders: LogHub's layout. */
export function readLogSets(directory: string): LogSet[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('_structured.csv'))
    .sort()
    .map((file) => readLogSet(join(directory, file)));
}

function readLogSet(file: string): LogSet {
  const [header = [], ...rows] = parseCsv(readFileSync(file, 'utf8'));
  const content = header.indexOf('Content');
  const kind = header.indexOf('EventId');
  if (content < 0 || kind < 0) throw new Error(`${file} has no columns Content and EventId`);
  const whole = rows.filter((row) => row.length > Math.max(content, kind));
  return {
    name: (file.split('/').at(-1) ?? file).replace(/(_\w+)?\.log_structured\.csv$/, ''),
    lines: whole.map((row) => Buffer.from(row[content] ?? '')),
    kinds: whole.map((row) => row[kind] ?? ''),
  };
}
