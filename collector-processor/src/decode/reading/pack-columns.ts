import { type ScannedRows } from '../scan.ts';
import { type Column, type ColumnSpec, logTable, pointTable, spanTable } from './column-tables.ts';

/** Columns lie on multiples of this, the width of the widest. */
const ALIGNED = 8;

export function aligned(position: number): number {
  return Math.ceil(position / ALIGNED) * ALIGNED;
}

interface Packed {
  readonly memory: ArrayBuffer;
  readonly lengths: readonly number[];
  /** Where each of the other pieces starts. */
  readonly starts: readonly number[];
}

/** The rows in one piece of memory, and behind them other bytes. */
export function packRows(rows: ScannedRows, others: readonly Uint8Array[]): Packed {
  const columns = columnsOf(rows);
  const size = [...columns, ...others].reduce((sum, { byteLength }) => aligned(sum) + byteLength, 0);
  const memory = new ArrayBuffer(size);
  const bytes = new Uint8Array(memory);
  let at = 0;
  const starts = [...columns, ...others].map((column) => {
    const start = aligned(at);
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), start);
    at = start + column.byteLength;
    return start;
  });
  return { memory, lengths: columns.map(({ length }) => length), starts: starts.slice(columns.length) };
}

function columnsOf(rows: ScannedRows): readonly Column[] {
  if (rows.signal === 'traces') return filled(rows, spanTable);
  return rows.signal === 'metrics' ? filled(rows, pointTable) : filled(rows, logTable);
}

function filled<Name extends string, Rows extends Readonly<Record<Name, Column>>>(
  rows: Rows,
  table: Readonly<Record<Name, ColumnSpec<Rows>>>,
): readonly Column[] {
  return (Object.keys(table) as Name[]).map((name) => rows[name].subarray(0, table[name].length(rows)));
}
