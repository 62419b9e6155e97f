import { type ScannedRows } from '../scan.ts';
import { FIRST_SYMBOL, type SymbolTable } from '../symbol-table.ts';
import { type BodyResources } from './body-resources.ts';
import { type ReadBody } from './messages.ts';
import { packRows } from './pack-columns.ts';

const nothing = new Uint8Array(0);

/** Makes of rows what travels to another thread; with `payload` the bytes that they were read from go along. */
export function createBodyPacker(symbols: SymbolTable, resources: BodyResources) {
  const told = { generation: 0, symbols: FIRST_SYMBOL, overflowed: 0 };

  return (rows: ScannedRows, payload: Uint8Array = nothing): ReadBody => {
    if (told.generation !== symbols.generation) {
      Object.assign(told, { generation: symbols.generation, symbols: FIRST_SYMBOL });
    }
    const { bytes, ends } = symbols.textsFrom(told.symbols);
    const { messages } = resources;
    const { memory, lengths, starts } = packRows(rows, [bytes, Buffer.concat(messages), payload]);
    const [textStart = 0, resourceStart = 0, payloadStart = 0] = starts;
    const { signal, count, skipped, skippedDetails } = rows;
    const overflowed = symbols.overflowed - told.overflowed;
    told.symbols += ends.length;
    told.overflowed = symbols.overflowed;
    return {
      signal,
      count,
      skipped,
      skippedDetails,
      overflowed,
      memory,
      lengths,
      symbols: { generation: symbols.generation, start: textStart, ends },
      resources: { start: resourceStart, ends: endsOf(messages) },
      payload: { start: payloadStart, length: payload.length },
    };
  };
}

function endsOf(messages: readonly Uint8Array[]): number[] {
  let end = 0;
  return messages.map(({ length }) => (end += length));
}
