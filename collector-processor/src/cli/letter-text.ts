import type { DeadLetter, DeadLetterDetail } from '../contract/dead-letter.ts';

const REASON_WIDTH = 90;

/** Telemetry and backends may say what they like; a terminal must not obey it. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ');
}

/** One line each, columns under one another. */
export function letterTable(letters: readonly DeadLetter[]): string {
  const head = ['ID', 'GIVEN UP', 'BACKEND', 'SIGNAL', 'ITEMS', 'BYTES', 'TRIES', 'REASON'];
  const rows = letters.map((letter) => [
    letter.id,
    timeOf(letter.diedAtMs),
    letter.backend,
    letter.signal,
    String(letter.items ?? '?'),
    String(letter.bytes),
    String(letter.refusedReplays + 1),
    cut(letter.reason, REASON_WIDTH),
  ]);
  const table = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

export function letterLines(letter: DeadLetterDetail): string {
  const { preview, items, lastReplayAtMs } = letter;
  const headers = Object.entries(letter.headers).map(([name, value]) => `${name}: ${value}`);
  const replayed = lastReplayAtMs === undefined ? '' : `, last on ${timeOf(lastReplayAtMs)}`;
  const facts = [
    ['Id', letter.id],
    ['Backend', letter.backend],
    ['Reason', letter.reason],
    ['Tries', `${letter.refusedReplays + 1}${replayed}`],
    ['Received', timeOf(letter.receivedAtMs)],
    ['Given up', timeOf(letter.diedAtMs)],
    [
      'Holds',
      `${letter.signal}, items: ${items ?? '?'}, ${letter.bytes} bytes (${letter.encoding}, ${letter.compression})`,
    ],
    ['Tenant', letter.tenant === '' ? 'none' : letter.tenant],
    ...(headers.length === 0 ? [] : [['Headers', headers.join('; ')]]),
  ];
  const told = facts.map(([name = '', value = '']) => `${name.padEnd(9)} ${printable(value)}\n`);
  const lines = preview.lines.map((line) => `  ${printable(line)}\n`);
  const rest = preview.fault ?? (preview.isWhole ? '' : 'and more; --raw FILE writes all of it');
  return `${told.join('')}\n${lines.join('')}${rest === '' ? '' : `  (${printable(rest)})\n`}`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
