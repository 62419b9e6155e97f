import { WireFault } from '../model/otlp/wire-reader.ts';
import { type Resource } from '../model/resource.ts';
import { type Signal, signals } from '../model/signal.ts';
import { LogRows } from './columns/log-rows.ts';
import { PointRows } from './columns/point-rows.ts';
import { SpanRows } from './columns/span-rows.ts';
import { Cursor } from './cursor.ts';
import { type DecodeOptions } from './decode-options.ts';
import { Envelope, type ResourceRows } from './envelope.ts';
import { LogScanner } from './log-scanner.ts';
import { MetricScanner } from './metric-scanner.ts';
import { SpanScanner } from './span-scanner.ts';
import { type SymbolTable } from './symbol-table.ts';

export type ScannedRows = SpanRows | PointRows | LogRows;

export type ScanResult =
  | { readonly kind: 'rows'; readonly rows: ScannedRows }
  | { readonly kind: 'malformed'; readonly reason: string; readonly offset: number };

/** Where the resources of a request go; `resources` is replaced by a new list for each request. */
export interface ResourceList extends ResourceRows {
  readonly resources: readonly Resource[];
  /** A new request begins. */
  begin(): void;
}

interface ScanParts {
  readonly options: DecodeOptions;
  readonly symbols: SymbolTable;
  readonly resources: ResourceList;
}

export interface Scan {
  /** The rows are valid until the next call, whatever its signal. */
  scan(signal: Signal, protobuf: Uint8Array): ScanResult;
  /** Lets go of what the last call has read. */
  end(): void;
}

/** From bytes to rows, with one set of buffers for all requests, one after the other. */
export function createScan({ options, symbols, resources }: ScanParts): Scan {
  const cursor = new Cursor();
  const envelope = new Envelope({ cursor, symbols, resources });
  const { sampleRateAttribute } = options;
  const scanners = {
    traces: new SpanScanner({ cursor, symbols, rows: new SpanRows(symbols, options), sampleRateAttribute }),
    metrics: new MetricScanner({ cursor, symbols, rows: new PointRows(symbols, options) }),
    logs: new LogScanner({ cursor, symbols, rows: new LogRows(symbols, options) }),
  };

  function end(): void {
    for (const signal of signals) scanners[signal].rows.end();
  }

  return {
    end,
    scan(signal, protobuf) {
      end();
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
        return { kind: 'malformed', reason: error.message, offset: error.offset };
      }
      return { kind: 'rows', rows };
    },
  };
}
