import { type DecodeResult, type ReadItemAttributes, type TelemetryColumns } from '../model/columns.ts';
import { type EncodeResult } from '../model/otlp/encode.ts';
import { type Signal } from '../model/signal.ts';
import { type SelfMetrics } from '../runtime/self-metrics.ts';
import { createDecodeMetrics } from './decode-metrics.ts';
import { type DecodeOptions } from './decode-options.ts';
import { readItemAttributes } from './read-item-attributes.ts';
import { type ReadBody } from './reading/messages.ts';
import { type RemoteSymbols } from './reading/remote-symbols.ts';
import { unpackColumns } from './reading/unpack-columns.ts';
import { ResourceCache } from './resource-cache.ts';
import { createScan } from './scan.ts';
import { SymbolTable } from './symbol-table.ts';
import { transcode } from './transcode.ts';

/** What another thread has read of a body. */
export interface ReadElsewhere {
  readonly body: ReadBody;
  /** Of that thread. */
  readonly symbols: RemoteSymbols;
}

export interface Decoder {
  /** The columns are valid until the next call, whatever its signal. */
  decode(signal: Signal, protobuf: Uint8Array): DecodeResult;
  /** The same of a body that another thread has read; `protobuf` is the body. */
  adopt(read: ReadElsewhere, protobuf: Uint8Array): TelemetryColumns;
  /** OTLP/JSON to protobuf. */
  transcode(signal: Signal, json: Uint8Array): EncodeResult;
  readonly attributes: ReadItemAttributes;
}

/** One set of buffers serves all requests, one after the other. */
export function createDecoder({ options, metrics }: { options: DecodeOptions; metrics: SelfMetrics }): Decoder {
  const symbols = new SymbolTable(options);
  const resources = new ResourceCache(options);
  const { scan } = createScan({ options, symbols, resources });
  const count = createDecodeMetrics({ metrics, symbols, resources });

  return {
    decode(signal, protobuf) {
      const result = scan(signal, protobuf);
      if (result.kind === 'malformed') {
        count.malformed(signal);
        return result;
      }
      count.decoded(signal, result.rows);
      return { kind: 'columns', columns: result.rows };
    },
    adopt({ body, symbols: remote }, protobuf) {
      resources.begin();
      symbols.begin();
      const columns = unpackColumns({ body, remote, symbols, resources, payload: protobuf });
      symbols.overflowed += body.overflowed;
      count.decoded(body.signal, body);
      return columns;
    },
    transcode: (signal, json) => transcode(signal, json, options.maxJsonValues),
    attributes: readItemAttributes,
  };
}
