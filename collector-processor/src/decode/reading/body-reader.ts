import { type DecodeOptions } from '../decode-options.ts';
import { createScan } from '../scan.ts';
import { SymbolTable } from '../symbol-table.ts';
import { transcode } from '../transcode.ts';
import { BodyResources } from './body-resources.ts';
import { type ReadReply, type ReadRequest } from './messages.ts';
import { createBodyPacker } from './pack-body.ts';

/** Tells what was read; the memory in `moved` is the receiver's from then on. */
export type TellReply = (reply: ReadReply, moved: readonly ArrayBuffer[]) => void;

/** What a reading thread does with one body after the other. */
export function createBodyReader(options: DecodeOptions): (request: ReadRequest, tell: TellReply) => void {
  const symbols = new SymbolTable(options);
  const resources = new BodyResources(options.maxResources);
  const { scan, end } = createScan({ options, symbols, resources });
  const pack = createBodyPacker(symbols, resources);

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
      const body = pack(result.rows);
      tell({ kind: 'read', body }, [body.memory]);
    }
    end();
    // Freed at once: the collector of this thread would wait for a good deal more of it.
    if (protobuf.buffer instanceof ArrayBuffer) protobuf.buffer.transfer(0);
  };
}
