import { type DecodeOptions } from '../decode-options.ts';
import { createScan, type ScannedRows } from '../scan.ts';
import { FIRST_SYMBOL, SymbolTable } from '../symbol-table.ts';
import { transcode } from '../transcode.ts';
import { BodyResources } from './body-resources.ts';
import { type ReadBody, type ReadReply, type ReadRequest } from './messages.ts';
import { packRows } from './pack-columns.ts';

/** Tells what was read; the memory in `moved` is the receiver's from then on. */
export type TellReply = (reply: ReadReply, moved: readonly ArrayBuffer[]) => void;

/** What a reading thread does with one body after the other. */
export function createBodyReader(options: DecodeOptions): (request: ReadRequest, tell: TellReply) => void {
  const symbols = new SymbolTable(options);
  const resources = new BodyResources(options.maxResources);
  const { scan, end } = createScan({ options, symbols, resources });
  const told = { generation: 0, symbols: FIRST_SYMBOL, overflowed: 0 };

  function packed(rows: ScannedRows): ReadBody {
    if (told.generation !== symbols.generation)
      Object.assign(told, { generation: symbols.generation, symbols: FIRST_SYMBOL });
    const { bytes, ends } = symbols.textsFrom(told.symbols);
    const { messages } = resources;
    const { memory, lengths, starts } = packRows(rows, [bytes, Buffer.concat(messages)]);
    const [textStart = 0, resourceStart = 0] = starts;
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
    };
  }

  return ({ signal, encoding, bytes }, tell) => {
    let protobuf: Uint8Array = bytes;
    if (encoding === 'json') {
      const result = transcode(signal, bytes, options.maxJsonValues);
      bytes.buffer.transfer(0);
      if (result.kind === 'malformed') {
        tell(result, []);
        return;
      }
      protobuf = result.bytes;
      const copy = new Uint8Array(protobuf);
      tell({ kind: 'transcoded', bytes: copy }, [copy.buffer]);
    }
    const result = scan(signal, protobuf);
    if (result.kind === 'malformed') tell(result, []);
    else {
      const body = packed(result.rows);
      tell({ kind: 'read', body }, [body.memory]);
    }
    end();
    // Freed at once: the collector of this thread would wait for a good deal more of it.
    if (protobuf.buffer instanceof ArrayBuffer) protobuf.buffer.transfer(0);
  };
}

function endsOf(messages: readonly Uint8Array[]): number[] {
  let end = 0;
  return messages.map(({ length }) => (end += length));
}
