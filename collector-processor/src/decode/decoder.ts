import { type DecodeResult, type ReadItemAttributes } from '../model/columns.ts';
import { type EncodeResult } from '../model/otlp/encode.ts';
import { WireFault } from '../model/otlp/wire-reader.ts';
import { type Signal, signals } from '../model/signal.ts';
import { type SelfMetrics } from '../runtime/self-metrics.ts';
import { LogRows } from './columns/log-rows.ts';
import { PointRows } from './columns/point-rows.ts';
import { SpanRows } from './columns/span-rows.ts';
import { Cursor } from './cursor.ts';
import { createDecodeMetrics } from './decode-metrics.ts';
import { Envelope } from './envelope.ts';
import { LogScanner } from './log-scanner.ts';
import { MetricScanner } from './metric-scanner.ts';
import { readItemAttributes } from './read-item-attributes.ts';
import { ResourceCache } from './resource-cache.ts';
import { SpanScanner } from './span-scanner.ts';
import { SymbolTable } from './symbol-table.ts';
import { transcode } from './transcode.ts';

export interface DecodeOptions {
  readonly maxSymbols: number;
  readonly maxSymbolLength: number;
  readonly maxResources: number;
  readonly maxResourceMemory: number;
  readonly maxItems: number;
  readonly maxDetails: number;
  readonly identityAttributes: readonly string[];
  readonly sampleRateAttribute: string;
}

export interface Decoder {
  /** The columns are valid until the next call, whatever its signal. */
  decode(signal: Signal, protobuf: Uint8Array): DecodeResult;
  /** OTLP/JSON to protobuf. */
  transcode(signal: Signal, json: Uint8Array): EncodeResult;
  readonly attributes: ReadItemAttributes;
}

/** One set of buffers serves all requests, one after the other. */
export function createDecoder({ options, metrics }: { options: DecodeOptions; metrics: SelfMetrics }): Decoder {
  const cursor = new Cursor();
  const symbols = new SymbolTable(options);
  const resources = new ResourceCache(options);
  const envelope = new Envelope({ cursor, symbols, resources });
  const { sampleRateAttribute } = options;
  const traces = new SpanScanner({ cursor, symbols, rows: new SpanRows(symbols, options), sampleRateAttribute });
  const points = new MetricScanner({ cursor, symbols, rows: new PointRows(symbols, options) });
  const logs = new LogScanner({ cursor, symbols, rows: new LogRows(symbols, options) });
  const scanners = { traces, metrics: points, logs };
  const count = createDecodeMetrics({ metrics, symbols, resources });

  return {
    decode(signal, protobuf) {
      for (const other of signals) scanners[other].rows.end();
      const { rows } = scanners[signal];
      cursor.open(protobuf);
      resources.begin();
      symbols.begin();
      rows.begin(protobuf, resources.resources);
      try {
        envelope.scan(scanners[signal]);
      } catch (error) {
        if (!(error instanceof WireFault)) throw error;
        rows.end();
        count.malformed(signal);
        return { kind: 'malformed', reason: error.message, offset: error.offset };
      }
      count.decoded(signal, rows);
      return { kind: 'columns', columns: rows };
    },
    transcode,
    attributes: readItemAttributes,
  };
}
