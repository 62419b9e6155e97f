import { type TelemetryColumns } from '../../model/columns.ts';
import { type ResourceList } from '../scan.ts';
import { type SymbolTable } from '../symbol-table.ts';
import { type ColumnType, logTable, pointTable, spanTable } from './column-tables.ts';
import { type ReadBody } from './messages.ts';
import { aligned } from './pack-columns.ts';
import { type RemoteSymbols } from './remote-symbols.ts';

interface Unpacked {
  readonly body: ReadBody;
  /** Symbols of the thread that has read it. */
  readonly remote: RemoteSymbols;
  /** Of this thread, both begun anew for this body. */
  readonly symbols: SymbolTable;
  readonly resources: ResourceList;
  readonly payload: Uint8Array;
}

/** Columns over the memory that a reading thread has filled, with symbols and resources of this thread. */
export function unpackColumns({ body, remote, symbols, resources, payload }: Unpacked): TelemetryColumns {
  const { count, skipped, memory } = body;
  let start = body.resources.start;
  for (const end of body.resources.ends) {
    resources.rowOf(new Uint8Array(memory, start, body.resources.start + end - start));
    start = body.resources.start + end;
  }
  const common = { count, skipped, payload, symbols, resources: resources.resources };
  remote.follow(symbols);
  switch (body.signal) {
    case 'traces': {
      const columns = views(body, spanTable);
      for (const column of [columns.name, columns.exceptionType, columns.projected]) remote.translate(column, 'free');
      remote.translate(columns.scopeName, 'name');
      return { signal: 'traces', ...common, ...columns };
    }
    case 'metrics': {
      const columns = views(body, pointTable);
      for (const column of [columns.metricName, columns.metricUnit, columns.scopeName])
        remote.translate(column, 'name');
      return { signal: 'metrics', ...common, ...columns };
    }
    case 'logs': {
      const columns = views(body, logTable);
      for (const column of [columns.severityText, columns.scopeName]) remote.translate(column, 'name');
      for (const column of [columns.eventName, columns.projected]) remote.translate(column, 'free');
      return { signal: 'logs', ...common, ...columns };
    }
  }
}

type Views<Table extends Readonly<Record<string, { readonly type: ColumnType }>>> = {
  readonly [Name in keyof Table]: InstanceType<Table[Name]['type']>;
};

function views<Table extends Readonly<Record<string, { readonly type: ColumnType }>>>(
  { memory, lengths }: ReadBody,
  table: Table,
): Views<Table> {
  let at = 0;
  const columns = Object.entries(table).map(([name, { type: Type }], index) => {
    const column = new Type(memory, aligned(at), lengths[index] ?? 0);
    at = column.byteOffset + column.byteLength;
    return [name, column] as const;
  });
  return Object.fromEntries(columns) as Views<Table>;
}
